using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The convolution with kernel values that are known, W vec(Σ_j f_j ⊗ a_j) + b, scaled: which of its paths is
/// taken.</summary>
internal static class ConvolutionPaths
{
    /// <summary>Convolves by the fastest path that these operands may take.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Kernel values, shape (g, m, k, 16).</param>
    /// <param name="indices">Neighbours, shape (g, m, k); null for all points.</param>
    /// <param name="weight">Shape (outputs, 16c).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <param name="scale">Factors of the queries without derivative, (g, m); null for 1.</param>
    /// <param name="products">How large products are computed, but those that are fused.</param>
    /// <returns>Shape (g, m, r, outputs).</returns>
    public static Tensor Apply(
        Tensor values, Tensor kernel, Tensor? indices, Tensor weight, Tensor bias, Tensor? scale,
        ProductPrecision products = ProductPrecision.Full)
    {
        if (indices is null) return Plain(values, kernel, indices, weight, bias, scale, products);
        if (FusedConvolution.Supports(values, kernel, weight))
            return FusedConvolution.Apply(values, kernel, indices, weight, bias, scale);
        return FusedAggregation.Supports(values, kernel)
            ? Scaled(
                Products.Linear(FusedAggregation.Apply(values, kernel, indices), weight, bias, products), scale)
            : Plain(values, kernel, indices, weight, bias, scale, products);
    }

    /// <summary>
    /// The convolution in plain tensor operations: for every device and dtype, for all points as neighbours (indices
    /// null), and for derivatives of any order.
    /// </summary>
    public static Tensor Plain(
        Tensor values, Tensor kernel, Tensor? indices, Tensor weight, Tensor bias, Tensor? scale,
        ProductPrecision products = ProductPrecision.Full)
    {
        if (indices is null && Aggregation.PrefersTransformedFirst(values, kernel, weight))
            return Scaled(Aggregation.TransformedFirst(values, kernel, weight, products) + bias, scale);
        var sums = indices is null
            ? Aggregation.OverEverything(values, kernel)
            : Aggregation.OverNeighbours(values, kernel, indices);
        return Scaled(Products.Linear(sums, weight, bias, products), scale);
    }

    private static Tensor Scaled(Tensor convolved, Tensor? scale) =>
        scale is null ? convolved : convolved * scale.unsqueeze(-1).unsqueeze(-1);
}
