using LieConv.Groups;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>Queries, and the points among which their neighbours are.</summary>
/// <param name="Queries">Elements (g, m, e) and orbits (g, m, q) of the m queries.</param>
/// <param name="QueryMask">Valid queries, shape (g, m); null where all are.</param>
/// <param name="Support">Elements (g, n, e) and orbits (g, n, q) of the n points.</param>
/// <param name="SupportMask">Valid points, shape (g, n); null where all are.</param>
/// <param name="Distances">Distances (g, m, n) if they are known.</param>
public readonly record struct NeighbourSearch(
    LiftedElements Queries, Tensor? QueryMask, LiftedElements Support, Tensor? SupportMask, Tensor? Distances = null)
{
    /// <summary>Pairs of a query and a point in all sets, g·m·n.</summary>
    internal long Pairs => Queries.Elements.shape[0] * Queries.Elements.shape[1] * Support.Elements.shape[1];

    /// <summary>Which pairs are no padding, boolean, in a shape that broadcasts to (g, m, n); null where none is.
    /// </summary>
    public Tensor? Valid() => (QueryMask, SupportMask) switch
    {
        (null, null) => null,
        (null, _) => SupportMask.unsqueeze(1),
        (_, null) => QueryMask.unsqueeze(2),
        _ => QueryMask.unsqueeze(2).logical_and(SupportMask.unsqueeze(1)),
    };

    /// <summary>The same in its whole shape (g, m, n).</summary>
    internal Tensor? AllValid() => Valid()?.expand(-1, Queries.Elements.shape[1], Support.Elements.shape[1]);

    /// <summary>The search of some queries.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many.</param>
    internal NeighbourSearch Narrow(long first, long count) => new(
        new LiftedElements(Queries.Elements.narrow(1, first, count), Queries.Orbits?.narrow(1, first, count)),
        QueryMask?.narrow(1, first, count), Support, SupportMask, Distances?.narrow(1, first, count));

    /// <summary>Requires shapes and types that fit each other and the group, and finite points on the CPU.</summary>
    /// <exception cref="ArgumentException">If something does not.</exception>
    internal void Check(LieGroup group)
    {
        Check(group, Queries, QueryMask, "queries");
        Check(group, Support, SupportMask, "support");
        var g = Queries.Elements.shape[0];
        Guard.HasShape(Support.Elements, "support", "(g, n, e)", g, null, group.ElementDim);
        Guard.Like(Support.Elements, "support", Queries.Elements, "queries");
        if (Distances is null) return;
        Guard.HasShape(Distances, "distances", "(g, m, n)", g, Queries.Elements.shape[1], Support.Elements.shape[1]);
        Guard.IsFloating(Distances, "distances");
        Guard.OnDeviceOf(Distances, "distances", Queries.Elements);
    }

    private static void Check(LieGroup group, LiftedElements points, Tensor? mask, string name)
    {
        Guard.HasShape(points.Elements, name, "(g, n, e)", null, null, group.ElementDim);
        GroupGuard.Elements(points, group, name);
        Guard.IsRowMask(mask, points.Elements.shape.AsSpan(..2), $"The mask of {name}", points.Elements);
        FinitePoints.Check(points.Elements, mask, name);
        if (points.Orbits is not null) FinitePoints.Check(points.Orbits, mask, name);
    }
}
