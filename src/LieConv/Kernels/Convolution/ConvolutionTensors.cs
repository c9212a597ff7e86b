using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedConvolution"/>.</summary>
/// <param name="Values">Shape (g, n, r, c).</param>
/// <param name="Kernel">Kernel values, shape (g, m, k, 16).</param>
/// <param name="Indices">Neighbours, shape (g, m, k).</param>
/// <param name="Weight">Shape (outputs, 16c).</param>
/// <param name="Bias">Shape (outputs).</param>
/// <param name="Scale">Factors of the queries without derivative, (g, m); null for 1.</param>
internal readonly record struct ConvolutionTensors(
    Tensor Values, Tensor Kernel, Tensor Indices, Tensor Weight, Tensor Bias, Tensor? Scale)
{
    /// <summary>The same, contiguous.</summary>
    public ConvolutionTensors Contiguous => new(
        Values.contiguous(), Kernel.contiguous(), Indices.contiguous(), Weight.contiguous(), Bias.contiguous(),
        Scale?.contiguous());
}
