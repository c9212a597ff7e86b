using LieConv.Groups;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Farthest-point sampling: each pick is the point farthest from all picks so far (Eldar et al. 1997).
/// </summary>
public static class FarthestPoints
{
    /// <summary>How many points remain of n: round-half-even(fraction · n), and at least 1.</summary>
    /// <param name="n">Points.</param>
    /// <param name="fraction">Fraction that remains, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">If the fraction is out of range.</exception>
    public static int Count(long n, double fraction)
    {
        if (!(fraction > 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, "The fraction of points that remain must be above 0 and at most 1.");
        return Math.Max(1, (int)Math.Round(fraction * n, MidpointRounding.ToEven));
    }

    /// <summary>Picks points in each set, none twice, from a random valid start. Among points that are equally far but
    /// for rounding one is taken at random by <see cref="GeneratorDraws"/>, by other draws the first of exact
    /// equals.</summary>
    /// <param name="distances">Distances of all pairs, shape (g, n, n).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are valid.</param>
    /// <param name="count">Picks m.</param>
    /// <param name="draws">Source of the starts.</param>
    /// <returns>
    /// Indices (g, m), and which picks are points of their own (g, m): a set of fewer than m valid points repeats one
    /// of them, and the repeated ones do not count. That mask is null where all count.
    /// </returns>
    /// <exception cref="ArgumentException">If a shape does not fit or the count is below 1.</exception>
    public static (Tensor Indices, Tensor? Mask) Select(Tensor distances, Tensor? mask, int count, Draws draws)
    {
        Guard.HasShape(distances, nameof(distances), "(g, n, n)", null, null, null);
        var (g, n) = (distances.shape[0], distances.shape[1]);
        Guard.HasShape(distances, nameof(distances), "(g, n, n)", g, n, n);
        Guard.IsFloating(distances, nameof(distances));
        ArgumentNullException.ThrowIfNull(draws);
        if (n == 0) throw new ArgumentException("distances has shape (g, 0, 0); expected n >= 1.", nameof(distances));
        if (mask is not null)
        {
            Guard.HasShape(mask, nameof(mask), "(g, n)", g, n);
            Guard.OnDeviceOf(mask, nameof(mask), distances);
            if (mask.dtype != ScalarType.Bool)
                throw new ArgumentException($"mask has dtype {mask.dtype}; expected Bool.", nameof(mask));
        }
        var exact = distances.dtype == ScalarType.Float64;
        using var scope = NewDisposeScope();
        var table = distances.detach().to(exact ? ScalarType.Float64 : ScalarType.Float32, CPU).contiguous();
        return scope.Keep(Select([g, n], mask, count, draws, distances.device, (set, own, start, seed, result) =>
        {
            using var rows = table[set];                                     // alone, since spans end at 2 GB
            if (exact) FarthestInTable.Pick(rows, own, start, result, new FarthestTies<double>(seed));
            else FarthestInTable.Pick(rows, own, start, result, new FarthestTies<float>(seed));
        }));
    }

    /// <summary>The same picks without distances of all pairs, for large sets.</summary>
    /// <param name="group">The group.</param>
    /// <param name="points">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are valid.</param>
    /// <param name="count">Picks m.</param>
    /// <param name="draws">Source of the starts.</param>
    internal static (Tensor Indices, Tensor? Mask) Search(
        LieGroup group, LiftedElements points, Tensor? mask, int count, Draws draws)
    {
        var (shape, elements) = (points.Elements.shape[..2], points.Elements);
        return Select(shape, mask?.expand(shape), count, draws, elements.device, (set, _, start, seed, result) =>
        {
            using var scope = NewDisposeScope();
            var own = new PointsOfSet(group, points, mask, set);
            if (elements.dtype == ScalarType.Float64)
                new FarthestSearch<double>(own, new FarthestTies<double>(seed)).Pick(start, result);
            else
                new FarthestSearch<float>(own, new FarthestTies<float>(seed)).Pick(start, result);
        });
    }

    /// <summary>Picks points of one set.</summary>
    private delegate void PickOfSet(int set, ReadOnlySpan<bool> valid, int start, ulong? seed, Span<long> picks);

    private static (Tensor Indices, Tensor? Mask) Select(
        long[] shape, Tensor? mask, int count, Draws draws, Device device, PickOfSet pick)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, "At least one point must be picked.");
        var (g, n) = (shape[0], shape[1]);
        var valid = mask?.cpu().contiguous().data<bool>().ToArray();
        var counts = ValidCounts(valid, g, n);
        if ((draws as IPrescribedPicks)?.Next(count) is { } prescribed)
            return (prescribed, OwnPicks(counts, count, device));
        var starts = draws.Starts([.. counts.Select(c => Math.Max(c, 1))]);
        var seeds = (draws as ITieRanks)?.TieSeeds;
        var picks = new long[g * count];
        for (var set = 0; set < g; set++)
        {
            if (counts[set] == 0) continue;                                  // an empty set: the mask says so
            var own = valid is null ? default : valid.AsSpan((int)(set * n), (int)n);
            pick(set, own, Nth(own, starts[set]), seeds?[set], picks.AsSpan(set * count, count));
        }
        var indices = tensor(picks, [g, count], dtype: ScalarType.Int64, device: device);
        return (indices, OwnPicks(counts, count, device));
    }

    private static Tensor? OwnPicks(long[] counts, int count, Device device)
    {
        if (counts.All(c => c >= count)) return null;
        var ofTheirOwn = counts.SelectMany(c => Enumerable.Range(0, count).Select(i => i < c)).ToArray();
        return tensor(ofTheirOwn, [counts.Length, count], dtype: ScalarType.Bool, device: device);
    }

    private static long[] ValidCounts(bool[]? valid, long g, long n)
    {
        var counts = new long[g];
        for (var set = 0; set < g; set++)
            counts[set] = valid is null ? n : valid.AsSpan((int)(set * n), (int)n).Count(true);
        return counts;
    }

    /// <summary>The position of the valid point with this rank among the valid ones.</summary>
    private static int Nth(ReadOnlySpan<bool> valid, long rank)
    {
        if (valid.IsEmpty) return (int)rank;
        for (var i = 0; i < valid.Length; i++)
            if (valid[i] && rank-- == 0) return i;
        throw new ArgumentOutOfRangeException(nameof(rank), "A start lies beyond the valid points of its set.");
    }
}
