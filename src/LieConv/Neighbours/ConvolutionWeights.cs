using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The linear layer of a convolution.</summary>
/// <param name="Weight">Shape (outputs, 16c).</param>
/// <param name="Bias">Shape (outputs).</param>
/// <param name="Mean">Whether sums are divided by the number of neighbours.</param>
/// <param name="Products">What large products are computed in.</param>
internal readonly record struct ConvolutionWeights(Tensor Weight, Tensor Bias, bool Mean, ProductPrecision Products)
{
    /// <summary>The convolution over padded sets.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Kernel values, shape (g, m, k, 16).</param>
    /// <param name="indices">Neighbours, shape (g, m, k); null for all points.</param>
    /// <param name="mask">Which of them count, shape (g, m, k); null where all do.</param>
    /// <returns>Shape (g, m, r, outputs).</returns>
    public Tensor Convolve(Tensor values, Tensor kernel, Tensor? indices, Tensor? mask) => ConvolutionPaths.Apply(
        values, kernel, indices, Weight, Bias, Mean ? Shares(kernel, mask) : null, Products);

    /// <summary>One over the neighbours of each query, shape (g, m); as in the original the bias shares it.</summary>
    private static Tensor Shares(Tensor kernel, Tensor? mask)
    {
        var (g, m, k) = (kernel.shape[0], kernel.shape[1], kernel.shape[2]);
        return mask is null
            ? full([g, m], Scalars.Of(1.0 / k), dtype: kernel.dtype, device: kernel.device)
            : mask.sum(-1).clamp(min: Scalars.Of(1)).to(kernel.dtype).reciprocal();
    }
}
