using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Finds neighbours of points, and where each lies seen from its query: all points (<see cref="AllFinder"/>), or some
/// that are chosen. A grid, a graph or a periodic cell is a <see cref="ChoosingFinder"/> (docs/extending.md, A finder of
/// neighbours).
/// </summary>
/// <threadsafety>Any number of threads may ask one finder at once, each with draws of its own, unless it moves a radius.
/// </threadsafety>
public abstract class NeighbourFinder
{
    private protected NeighbourFinder(LieGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        Group = group;
    }

    /// <summary>The group whose points it is given.</summary>
    public LieGroup Group { get; }

    /// <summary>Whether each search among the same points may find others: then every block of a network finds its own,
    /// else those that see the same points share what is found once.</summary>
    public abstract bool FindsAnew { get; }

    /// <summary>Whether pairs are read from their other end: [log(u⁻¹v), q_v, q_u].</summary>
    internal bool ReversedPairs { get; private set; }

    /// <summary>Functions of distances that stand beside or instead of relative coordinates; null for none.</summary>
    internal RadialFunctions? Radial { get; private set; }

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
        return Find(search, draws);
    }

    /// <summary>The neighbours of points that were checked.</summary>
    private protected abstract Neighborhood Find(NeighbourSearch search, Draws draws);

    /// <summary>The neighbours of all points of packed sets, as of one set of their rows.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="points">Padded points.</param>
    /// <param name="mask">Valid points, shape (b, n).</param>
    /// <param name="distances">Distances (b, n, n) if they are known.</param>
    /// <param name="draws">Source of what is drawn.</param>
    internal abstract Neighborhood FindRows(
        PackedSets sets, LiftedElements points, Tensor? mask, Tensor? distances, Draws draws);

    /// <summary>Distances of all points that the searches of several blocks read; null where none are read, or they are
    /// too many to be kept.</summary>
    internal abstract Tensor? SharedDistances(LiftedElements points);

    /// <summary>Whether so many pairs would be found when they are asked for, some queries at a time.</summary>
    internal abstract bool Defers(long pairs);

    /// <summary>The same finder for a layer that reads its pairs from this end, and these functions of distances.</summary>
    internal NeighbourFinder Reading(bool reversedPairs, RadialFunctions? radial = null)
    {
        if (reversedPairs == ReversedPairs && radial == Radial) return this;
        var other = (NeighbourFinder)MemberwiseClone();
        (other.ReversedPairs, other.Radial) = (reversedPairs, radial);
        return other;
    }

    /// <summary>What a layer reads of relative coordinates (..., d + 2q).</summary>
    private protected Tensor Read(Tensor relative) => Radial?.Extend(relative) ?? relative;

    /// <summary>Both ends of pairs, in shapes that broadcast, the end first from which they are read.</summary>
    /// <param name="queries">The m queries.</param>
    /// <param name="support">The n points.</param>
    /// <param name="indices">Neighbours by number, shape (g, m, k); null for all.</param>
    private protected (LiftedElements From, LiftedElements To) Pairs(
        LiftedElements queries, LiftedElements support, Tensor? indices)
    {
        var neighbours = indices is null
            ? new LiftedElements(support.Elements.unsqueeze(1), support.Orbits?.unsqueeze(1))
            : new LiftedElements(Gather.Rows(support.Elements, indices), Gather.RowsOrNull(support.Orbits, indices));
        var centres = new LiftedElements(queries.Elements.unsqueeze(2), queries.Orbits?.unsqueeze(2));
        return ReversedPairs ? (neighbours, centres) : (centres, neighbours);
    }

    /// <summary>Relative coordinates with zeros for what does not count: padding may hold anything, and 0 · NaN would
    /// reach the kernel's gradients.</summary>
    private protected static Tensor WithoutPadding(Tensor relative, Tensor? mask, NeighbourSearch search) =>
        search.QueryMask is null && search.SupportMask is null
            ? relative
            : relative.masked_fill(mask!.logical_not().unsqueeze(-1), Scalars.Of(0));
}
