using LieConv.Cpu;
using LieConv.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Chooses neighbours from distances; no derivatives pass through a choice.</summary>
public static class NeighborSelection
{
    private static readonly Scalar Infinite = Scalars.Of(double.PositiveInfinity);

    /// <summary>The k nearest valid points of each query, and all that are as near as the last of them: which of equals
    /// come first would depend on their order, and on rounding.</summary>
    /// <param name="distances">Shape (g, m, n).</param>
    /// <param name="valid">Which pairs may be chosen, broadcastable to (g, m, n); null where all may.</param>
    /// <param name="count">Wanted neighbours; fewer where the set is smaller.</param>
    /// <returns>Indices and mask, shape (g, m, k) with k the most neighbours of a query: min(count, n), or more where
    /// distances are equal to within rounding. The mask is null where all count.</returns>
    /// <exception cref="ArgumentException">If a shape or type does not fit, or fewer than one neighbour is wanted.</exception>
    public static (Tensor Indices, Tensor? Mask) Nearest(Tensor distances, Tensor? valid, int count)
    {
        Guard.HasShape(distances, nameof(distances), "(g, m, n)", null, null, null);
        Guard.IsFloating(distances, nameof(distances));
        if (count < 1)
            throw new ArgumentException($"count is {count}; expected at least 1 neighbour.", nameof(count));
        if (valid is not null) CheckPairs(valid, distances);
        using var scope = NewDisposeScope();
        if (valid is not null) distances = distances.masked_fill(valid.logical_not(), Infinite);
        var (nearest, indices, mask) = NearestInOrder(distances, count);
        if (mask is null && valid is not null) mask = nearest.isfinite();
        if (mask is not null) scope.MoveToOuter(mask);
        return (scope.MoveToOuter(indices), mask);
    }

    /// <summary>The same, with the distances in order, shape (g, m, k), and without a mask where no distances are
    /// equal. </summary>
    internal static (Tensor Distances, Tensor Indices, Tensor? Mask) NearestInOrder(Tensor distances, int count)
    {
        var n = distances.shape[^1];
        // One more than wanted tells whether the last has equals.
        var (nearest, indices) = distances.topk((int)Math.Min(count + 1L, n), -1, largest: false, sorted: true);
        if (count >= n) return (nearest, indices, null);
        var reach = Ties.Reach(nearest.narrow(-1, count - 1, 1));                                     // (g, m, 1)
        if (!Within(nearest.narrow(-1, count, 1), reach).any().item<bool>())
            return (nearest.narrow(-1, 0, count), indices.narrow(-1, 0, count).contiguous(), null);
        var width = (int)Within(distances, reach).sum(-1).max().item<long>();
        (nearest, indices) = distances.topk(width, -1, largest: false, sorted: true);
        var first = arange(Scalars.Of(width), device: distances.device).lt(Scalars.Of(count));
        var mask = first.logical_or(Within(nearest, reach)).logical_and(nearest.ne(Infinite));
        return (nearest, indices, mask);
    }

    /// <summary>Distances that are not above the reach; where a query has too few points the reach is infinite, and
    /// none is within it that is not a point.</summary>
    private static Tensor Within(Tensor distances, Tensor reach) =>
        (distances <= reach).logical_and(distances.ne(Infinite));

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
        var (chosen, indices) = ranks.masked_fill(within.logical_not(), Scalars.Of(-1))
            .topk(k, -1, largest: true, sorted: false);
        return (indices, chosen.ge(Scalars.Of(0)));
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
