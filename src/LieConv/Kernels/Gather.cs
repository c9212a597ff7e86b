using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>Reads rows by number within each set of a batch.</summary>
internal static class Gather
{
    /// <summary>Rows of each set.</summary>
    /// <param name="source">Shape (g, n, ...).</param>
    /// <param name="indices">Row numbers within the set, shape (g, m...).</param>
    /// <returns>Shape (g, m..., ...).</returns>
    public static Tensor Rows(Tensor source, Tensor indices)
    {
        var (g, n) = (source.shape[0], source.shape[1]);
        var flat = indices;
        if (g > 1)
        {
            var first = arange(g, dtype: ScalarType.Int64, device: indices.device) * n;
            flat = indices + first.view([g, .. Enumerable.Repeat(1L, (int)indices.dim() - 1)]);
        }
        var rows = source.flatten(0, 1).index_select(0, flat.flatten());
        return rows.view([.. indices.shape, .. source.shape[2..]]);
    }

    /// <summary>As <see cref="Rows"/>, null for null.</summary>
    public static Tensor? RowsOrNull(Tensor? source, Tensor indices) => source is null ? null : Rows(source, indices);
}
