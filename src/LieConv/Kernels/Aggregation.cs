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
}
