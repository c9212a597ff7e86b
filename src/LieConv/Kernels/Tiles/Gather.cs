using LieConv.Numerics;
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
        var rows = source.flatten(0, 1).index_select(0, Flat(indices, source.shape[1]));
        return rows.view([.. indices.shape, .. source.shape[2..]]);
    }

    /// <summary>The row of each index when the rows of all sets stand one after another.</summary>
    /// <param name="indices">Row numbers within the set, shape (g, m...).</param>
    /// <param name="points">Rows n of a set.</param>
    /// <returns>Shape (g·m...).</returns>
    public static Tensor Flat(Tensor indices, long points)
    {
        var g = indices.shape[0];
        if (g == 1) return indices.flatten();
        var first = arange(Scalars.Of(g), dtype: ScalarType.Int64, device: indices.device) * Scalars.Of(points);
        return (indices + first.view([g, .. Enumerable.Repeat(1L, (int)indices.dim() - 1)])).flatten();
    }

    /// <summary>As <see cref="Rows"/>, null for null.</summary>
    public static Tensor? RowsOrNull(Tensor? source, Tensor indices) => source is null ? null : Rows(source, indices);
}
