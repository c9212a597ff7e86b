using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The sum of the convolution, Σ_v f(v) ⊗ a_uv, as plain tensor operations: the path for every device, every dtype and
/// for derivatives of any order. The result is flattened with the channel outside and the kernel unit inside.
/// </summary>
internal static class Aggregation
{
    /// <summary>Sums over chosen neighbours.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="kernel">Shape (g, m, k, 16).</param>
    /// <param name="indices">Shape (g, m, k).</param>
    /// <returns>Shape (g, m, r, 16c).</returns>
    public static Tensor OverNeighbours(Tensor values, Tensor kernel, Tensor indices)
    {
        var (g, m, k) = (kernel.shape[0], kernel.shape[1], kernel.shape[2]);
        var (r, c) = (values.shape[2], values.shape[3]);
        var gathered = Gather.Rows(values.flatten(2), indices).view(g * m, k, r * c);
        var summed = gathered.transpose(1, 2).bmm(kernel.reshape(g * m, k, kernel.shape[3]));          // (gm, rc, 16)
        return summed.view(g, m, r, -1);
    }

    /// <summary>Sums over all n points; the kernel has k = n.</summary>
    public static Tensor OverEverything(Tensor values, Tensor kernel)
    {
        var (g, m, n) = (kernel.shape[0], kernel.shape[1], kernel.shape[2]);
        var (r, c, units) = (values.shape[2], values.shape[3], kernel.shape[3]);
        var turned = kernel.permute(0, 1, 3, 2).reshape(g, m * units, n);                                // (g, 16m, n)
        var summed = turned.bmm(values.reshape(g, n, r * c));                                            // (g, 16m, rc)
        return summed.view(g, m, units, r, c).permute(0, 1, 3, 4, 2).reshape(g, m, r, c * units);
    }

    /// <summary>
    /// The whole convolution over all n points, of sets that share no geometry (r = 1), in the other order: first
    /// W_k f(v) for each of the 16 kernel units k, then the sum over v and k with the kernel. Neither order's large
    /// operand is ever copied, since (v, k) is how the kernel lies in memory.
    /// </summary>
    /// <param name="values">Shape (g, n, 1, c).</param>
    /// <param name="kernel">Shape (g, m, n, 16).</param>
    /// <param name="weight">Shape (outputs, 16c), the channel outside.</param>
    /// <param name="products">What large products are computed in.</param>
    /// <returns>Shape (g, m, 1, outputs), without the bias.</returns>
    public static Tensor TransformedFirst(Tensor values, Tensor kernel, Tensor weight, ProductPrecision products)
    {
        var (g, m, n, units) = (kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3]);
        var (c, outputs) = (values.shape[3], weight.shape[0]);
        var byUnit = weight.view(outputs, c, units).permute(2, 0, 1).reshape(units * outputs, c);
        var type = Products.FactorType(values, units * outputs, products);
        var transformed = Products.Linear(values.view(g * n, c).to(type), byUnit.to(type));             // (gn, 16 out)
        var summed = kernel.to(type).view(g, m, n * units).bmm(transformed.view(g, n * units, outputs));
        return summed.to(values.dtype).unsqueeze(2);
    }

    /// <summary>Whether <see cref="TransformedFirst"/> needs no more arithmetic than summing first.</summary>
    public static bool PrefersTransformedFirst(Tensor values, Tensor kernel, Tensor weight)
    {
        var (m, n, c, outputs) = (kernel.shape[1], kernel.shape[2], values.shape[3], weight.shape[0]);
        return values.shape[2] == 1 && n * outputs * (c + m) <= m * c * (n + outputs);
    }
}
