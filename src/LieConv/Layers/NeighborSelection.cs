using LieConv.Internal;
using LieConv.Kernels;
using LieConv.Layers.Search;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>Chooses neighbours from distances; no derivatives pass through a choice.</summary>
public static class NeighborSelection
{
    /// <summary>The k nearest valid points of each query.</summary>
    /// <param name="distances">Shape (g, m, n).</param>
    /// <param name="valid">Which pairs may be chosen, broadcastable to (g, m, n); null where all may.</param>
    /// <param name="count">Wanted neighbours; fewer where the set is smaller.</param>
    /// <returns>Indices and mask, shape (g, m, min(k, n)); the mask is null where all count.</returns>
    /// <exception cref="ArgumentException">If a shape or type does not fit, or the count is below 1.</exception>
    public static (Tensor Indices, Tensor? Mask) Nearest(Tensor distances, Tensor? valid, int count)
    {
        Guard.HasShape(distances, nameof(distances), "(g, m, n)", null, null, null);
        Guard.IsFloating(distances, nameof(distances));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (valid is not null) CheckPairs(valid, distances);
        var k = (int)Math.Min(count, distances.shape[^1]);
        if (valid is not null) distances = distances.masked_fill(valid.logical_not(), double.PositiveInfinity);
        var (nearest, indices) = distances.topk(k, -1, largest: false, sorted: false);
        return (indices, valid is null ? null : nearest.isfinite());
    }

    /// <summary>A uniform sample without replacement of the valid points within the radius of each query.</summary>
    /// <param name="within">Which points lie within the ball and may be chosen, boolean, shape (g, m, n).</param>
    /// <param name="ranks">Uniform numbers in [0, 1), shape (g, m, n): of each ball the highest ranks are
    /// chosen.</param>
    /// <param name="count">Wanted neighbours; fewer where the set is smaller.</param>
    /// <returns>Indices and mask, shape (g, m, min(k, n)); the mask is false where the ball holds fewer.</returns>
    /// <exception cref="ArgumentException">If a shape or type does not fit, or the count is below 1.</exception>
    public static (Tensor Indices, Tensor Mask) Ball(Tensor within, Tensor ranks, int count)
    {
        Guard.HasShape(within, nameof(within), "(g, m, n)", null, null, null);
        if (within.dtype != ScalarType.Bool)
            throw new ArgumentException($"within has dtype {within.dtype}; expected Bool.", nameof(within));
        Guard.HasShape(ranks, nameof(ranks), "(g, m, n)", within.shape[0], within.shape[1], within.shape[2]);
        Guard.IsFloating(ranks, nameof(ranks));
        Guard.OnDeviceOf(ranks, nameof(ranks), within);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (CpuKernels.Take(ranks) && HighestRanks.Supports(within)) return HighestRanks.Of(within, ranks, count);
        var k = (int)Math.Min(count, within.shape[^1]);
        var (chosen, indices) = ranks.masked_fill(within.logical_not(), -1).topk(k, -1, largest: true, sorted: false);
        return (indices, chosen >= 0);
    }

    private static void CheckPairs(Tensor valid, Tensor distances)
    {
        Guard.OnDeviceOf(valid, nameof(valid), distances);
        if (valid.dtype != ScalarType.Bool)
            throw new ArgumentException($"valid has dtype {valid.dtype}; expected Bool.", nameof(valid));
        var (shape, all) = (valid.shape, distances.shape);
        var fits = shape.Length <= all.Length;
        for (var i = 1; fits && i <= shape.Length; i++) fits = shape[^i] == all[^i] || shape[^i] == 1;
        if (!fits)
            throw new ArgumentException(
                $"valid has shape ({string.Join(", ", shape)}); expected one that broadcasts to that of distances, " +
                $"({string.Join(", ", all)}).", nameof(valid));
    }
}
