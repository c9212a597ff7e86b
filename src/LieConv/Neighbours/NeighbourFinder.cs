using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Finds neighbours of points, and where each lies seen from its query. A grid, a graph or a periodic cell is a class
/// that derives from this one: it chooses, all else is done here (docs/extending.md, A finder of neighbours).
/// </summary>
/// <threadsafety>Any number of threads may ask one finder at once, each with draws of its own, unless it moves a radius.
/// </threadsafety>
public abstract class NeighbourFinder
{
    /// <summary>Whether choices are right by construction, and are not looked at again.</summary>
    private readonly bool _isKnown;

    /// <summary>For a finder of one's own.</summary>
    /// <param name="group">The group whose points it is given.</param>
    protected NeighbourFinder(LieGroup group) : this(group, isKnown: false)
    {
    }

    private protected NeighbourFinder(LieGroup group, bool isKnown)
    {
        ArgumentNullException.ThrowIfNull(group);
        (Group, _isKnown) = (group, isKnown);
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>Whether each search among the same points may find others: then every block of a network finds its own,
    /// else those that see the same points share what is found once.</summary>
    public abstract bool FindsAnew { get; }

    /// <summary>Whether pairs are read from their other end: [log(u⁻¹v), q_v, q_u].</summary>
    internal bool ReversedPairs { get; private set; }

    /// <summary>Pairs from which neighbours are searched for instead of chosen from a table of all pairs.</summary>
    internal long MostPairs { get; init; } = LargeSets.MostPairs;

    /// <summary>The neighbours of queries among points; in training a ball's radius takes its step.</summary>
    /// <param name="queries">Elements and orbits of the m queries.</param>
    /// <param name="queryMask">Valid queries, shape (g, m); null where all are.</param>
    /// <param name="support">Elements and orbits of the n points.</param>
    /// <param name="supportMask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="distances">Distances (g, m, n) if they are known.</param>
    /// <param name="draws">Source of what is drawn, as a ball's samples.</param>
    /// <exception cref="ArgumentException">If a shape does not fit the others or the group, or on the CPU a point that is
    /// no padding is not finite.</exception>
    public Neighborhood Find(
        LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask, Tensor? distances,
        Draws draws)
    {
        var search = new NeighbourSearch(queries, queryMask, support, supportMask, distances);
        search.Check(Group);
        ArgumentNullException.ThrowIfNull(draws);
        return Found(search, draws);
    }

    /// <summary>Chooses; no derivatives pass through a choice.</summary>
    /// <param name="search">Queries and points.</param>
    /// <param name="draws">Source of what is drawn.</param>
    /// <returns>Neighbours by number, int64, shape (g, m, k), on the points' device; and which of them count, boolean,
    /// shape (g, m, k): padding must not. Without that mask all count but padding.</returns>
    protected abstract (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws);

    /// <summary>Where points are, seen from queries: the group's relative coordinates, unless space is another, as one
    /// that closes on itself.</summary>
    /// <param name="queries">Elements (..., e) and orbits (..., q).</param>
    /// <param name="points">The same of points, in shapes that broadcast with those of the queries.</param>
    /// <returns>Relative coordinates [log(v⁻¹u), q_u, q_v], shape (..., d + 2q), through which derivatives pass.</returns>
    protected virtual Tensor Relative(LiftedElements queries, LiftedElements points) => Group.Relative(queries, points);

    /// <summary>The same finder for a layer that reads its pairs from this end.</summary>
    internal NeighbourFinder Reading(bool reversedPairs)
    {
        if (reversedPairs == ReversedPairs) return this;
        var other = (NeighbourFinder)MemberwiseClone();
        other.ReversedPairs = reversedPairs;
        return other;
    }

    /// <summary>Distances of all points that the searches of several blocks read; null where none are read, or they are
    /// too many to be kept.</summary>
    internal virtual Tensor? SharedDistances(LiftedElements points) => null;

    /// <summary>Whether so many pairs would be found when they are asked for, some queries at a time.</summary>
    internal virtual bool Defers(long pairs) => false;

    /// <summary>The neighbours of all points of packed sets, as of one set of their rows.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="points">Padded points.</param>
    /// <param name="mask">Valid points, shape (b, n).</param>
    /// <param name="distances">Distances (b, n, n) if they are known.</param>
    /// <param name="draws">Source of what is drawn.</param>
    internal virtual Neighborhood FindRows(
        PackedSets sets, LiftedElements points, Tensor? mask, Tensor? distances, Draws draws) =>
        sets.Pack(Find(points, mask, points, mask, distances, draws));

    private protected virtual Neighborhood Found(NeighbourSearch search, Draws draws)
    {
        using var scope = NewDisposeScope();
        var (indices, mask) = Chosen(search, draws);
        var relative = search.Pairs > MostPairs
            ? LargeSets.ByQueries(search.Queries, indices, (some, chosen) => Relative(some, search.Support, chosen))
            : Relative(search.Queries, search.Support, indices);
        // Padding may hold anything, and 0 · NaN would reach the kernel's gradients.
        if (search.QueryMask is not null || search.SupportMask is not null)
            relative = relative.masked_fill(mask!.logical_not().unsqueeze(-1), Scalars.Of(0));
        scope.Keep((indices, mask));
        return new ChosenNeighborhood(indices, mask, scope.MoveToOuter(relative));
    }

    /// <summary>Relative coordinates of queries and the points by these numbers, all of them where there are
    /// none.</summary>
    private protected Tensor Relative(LiftedElements queries, LiftedElements support, Tensor? indices)
    {
        var neighbours = indices is null
            ? new LiftedElements(support.Elements.unsqueeze(1), support.Orbits?.unsqueeze(1))
            : new LiftedElements(Gather.Rows(support.Elements, indices), Gather.RowsOrNull(support.Orbits, indices));
        var centres = new LiftedElements(queries.Elements.unsqueeze(2), queries.Orbits?.unsqueeze(2));
        return ReversedPairs ? Relative(neighbours, centres) : Relative(centres, neighbours);
    }

    private (Tensor Indices, Tensor? Mask) Chosen(NeighbourSearch search, Draws draws)
    {
        using var off = no_grad();
        var (indices, mask) = Choose(search, draws);
        if (_isKnown) return (indices, mask);
        var (g, m) = (search.Queries.Elements.shape[0], search.Queries.Elements.shape[1]);
        ChosenNeighborhood.CheckIndices(indices, g, m, null, search.Support.Elements);
        ChosenNeighborhood.CheckRange(indices, search.Support.Elements.shape[1]);
        if (mask is null) return (indices, ValidOf(indices, search));
        Guard.HasShape(mask, nameof(mask), "(g, m, k)", g, m, indices.shape[2]);
        Guard.IsRowMask(mask, indices.shape, nameof(mask), indices);
        return (indices, mask);
    }

    /// <summary>Which of chosen neighbours are no padding.</summary>
    private static Tensor? ValidOf(Tensor indices, NeighbourSearch search) =>
        search.Valid() is null ? null : search.AllValid()!.gather(-1, indices);
}
