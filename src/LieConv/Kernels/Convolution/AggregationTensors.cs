using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The operands of <see cref="FusedAggregation"/>.</summary>
/// <param name="Values">Shape (g, n, r, c).</param>
/// <param name="Kernel">Shape (g, m, k, 16).</param>
/// <param name="Indices">Shape (g, m, k).</param>
internal readonly record struct AggregationTensors(Tensor Values, Tensor Kernel, Tensor Indices)
{
    /// <summary>The same, contiguous.</summary>
    public AggregationTensors Contiguous => new(Values.contiguous(), Kernel.contiguous(), Indices.contiguous());
}
