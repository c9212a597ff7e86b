using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The points that remain of a set.</summary>
/// <param name="Points">Elements (g, m, e) and orbits (g, m, q).</param>
/// <param name="Mask">Which of them count, shape (g, m); null where all do.</param>
/// <param name="Picks">Their numbers, shape (g, m); null where all n remain.</param>
/// <param name="Distances">From them to all, shape (g, m, n), where a table of all was made.</param>
internal readonly record struct Subsample(LiftedElements Points, Tensor? Mask, Tensor? Picks, Tensor? Distances)
{
    /// <summary>Picks by farthest-point sampling.</summary>
    /// <param name="group">The group whose distance counts.</param>
    /// <param name="points">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="fraction">Fraction that remains.</param>
    /// <param name="mostPairs">Pairs from which no table of their distances is made.</param>
    /// <param name="draws">Source of the starts.</param>
    public static Subsample Create(
        LieGroup group, LiftedElements points, Tensor? mask, double fraction, long mostPairs, Draws draws)
    {
        if (fraction == 1) return new Subsample(points, mask, null, null);
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        var count = FarthestPoints.Count(n, fraction);
        var all = g * n * n > mostPairs ? null : group.PairDistances(points, points);                    // (g, n, n)
        var (picks, own) = all is null
            ? FarthestPoints.Search(group, points, mask, count, draws)
            : FarthestPoints.Select(all, mask, count, draws);
        var remaining = Gather.RowsOrNull(mask, picks);
        if (own is not null) remaining = remaining is null ? own : remaining.logical_and(own);
        return new Subsample(
            new LiftedElements(Gather.Rows(points.Elements, picks), Gather.RowsOrNull(points.Orbits, picks)),
            remaining, picks, Gather.RowsOrNull(all, picks));
    }
}
