using LieConv.Groups;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Chooses some points as neighbours: the base of finders of one's own, which say which points and where they are seen
/// from the queries. All else is done here (docs/extending.md, A finder of neighbours).
/// </summary>
public abstract class ChoosingFinder : NeighbourFinder
{
    /// <summary>Whether choices are right by construction, and are not looked at again.</summary>
    private readonly bool _isKnown;

    /// <summary>Whether it reads distances of all pairs.</summary>
    private readonly bool _readsDistances;

    /// <summary>For a finder of one's own.</summary>
    /// <param name="group">The group whose points it is given.</param>
    protected ChoosingFinder(LieGroup group) : base(group)
    {
    }

    private protected ChoosingFinder(LieGroup group, bool readsDistances) : base(group) =>
        (_isKnown, _readsDistances) = (true, readsDistances);

    /// <summary>Chooses; no derivatives pass through a choice.</summary>
    /// <param name="search">Queries and points.</param>
    /// <param name="draws">Source of what is drawn.</param>
    /// <returns>Neighbours by number, int64, shape (g, m, k), on the points' device; and which of them count, boolean,
    /// shape (g, m, k): padding must not. Without that mask all count but padding.</returns>
    protected abstract (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws);

    /// <summary>Where points are, seen from queries: <see cref="LieGroup.Relative"/>, unless space is another, as one
    /// that closes on itself.</summary>
    /// <param name="queries">Elements (..., e) and orbits (..., q).</param>
    /// <param name="points">The same of points, in shapes that broadcast with those of the queries.</param>
    /// <returns>Relative coordinates [log(v⁻¹u), q_u, q_v], shape (..., d + 2q); derivatives pass through them.</returns>
    protected abstract Tensor Relative(LiftedElements queries, LiftedElements points);

    private protected sealed override Neighborhood Find(NeighbourSearch search, Draws draws)
    {
        using var scope = NewDisposeScope();
        var (indices, mask) = Chosen(search, draws);
        var relative = search.Pairs > MostPairs
            ? LargeSets.ByQueries(search.Queries, indices, (some, chosen) => Seen(some, search.Support, chosen))
            : Seen(search.Queries, search.Support, indices);
        relative = WithoutPadding(relative, mask, search);
        scope.Keep((indices, mask));
        return new ChosenNeighborhood(indices, mask, scope.MoveToOuter(relative));
    }

    internal sealed override Neighborhood FindRows(
        PackedSets sets, LiftedElements points, Tensor? mask, Tensor? distances, Draws draws) =>
        sets.Pack(Find(points, mask, points, mask, distances, draws));

    internal sealed override Tensor? SharedDistances(LiftedElements points)
    {
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        return _readsDistances && g * n * n <= MostPairs ? Group.PairDistances(points, points) : null;
    }

    internal sealed override bool Defers(long pairs) => false;

    private Tensor Seen(LiftedElements queries, LiftedElements support, Tensor indices)
    {
        var (from, to) = Pairs(queries, support, indices);
        return Read(Relative(from, to));
    }

    private (Tensor Indices, Tensor? Mask) Chosen(NeighbourSearch search, Draws draws)
    {
        using var off = no_grad();
        var (indices, mask) = Choose(search, draws);
        if (_isKnown) return (indices, mask);
        var (g, m) = (search.Queries.Elements.shape[0], search.Queries.Elements.shape[1]);
        ChosenNeighborhood.CheckIndices(indices, g, m, null, search.Support.Elements);
        ChosenNeighborhood.CheckRange(indices, search.Support.Elements.shape[1]);
        if (mask is null) return (indices, search.AllValid()?.gather(-1, indices));
        Guard.HasShape(mask, nameof(mask), "(g, m, k)", g, m, indices.shape[2]);
        Guard.IsRowMask(mask, indices.shape, nameof(mask), indices);
        return (indices, mask);
    }
}
