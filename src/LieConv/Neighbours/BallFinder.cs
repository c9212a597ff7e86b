using LieConv.Groups;
using LieConv.Neighbours.Search;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>A random sample of the points within a radius, which may follow how full the ball is.</summary>
/// <threadsafety>While its radius follows, one thread at a time.</threadsafety>
public sealed class BallFinder : ChoosingFinder
{
    private readonly int _count;
    private readonly BallRadius _radius;

    /// <summary>Creates the finder.</summary>
    /// <param name="group">The group whose distance counts.</param>
    /// <param name="count">Neighbours k of a query at most, <see cref="int.MaxValue"/> for no limit.</param>
    /// <param name="radius">The radius.</param>
    /// <exception cref="ArgumentOutOfRangeException">If fewer than one neighbour is wanted.</exception>
    /// <exception cref="ArgumentException">If the radius has no number.</exception>
    public BallFinder(LieGroup group, int count, BallRadius radius) : base(group, readsDistances: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (radius.Value is null)
            throw new ArgumentException("The radius has no Value; expected a 0-d tensor.", nameof(radius));
        (_count, _radius) = (count, radius);
    }

    /// <summary>Yes: each search draws its samples.</summary>
    public override bool FindsAnew => true;

    /// <inheritdoc/>
    protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws)
    {
        if (search.Distances is null && search.Pairs > MostPairs) return BySearch(search, draws);
        var valid = search.Valid();
        var distances = search.Distances ?? Group.PairDistances(search.Queries, search.Support);
        var within = distances < _radius.Inside(distances.dtype);
        if (valid is not null) within = within.logical_and(valid);
        if (_radius.Follows) _radius.Follow(within, search.QueryMask, search.SupportMask);
        return draws is IHashedRanks hashed && HighestRanks.Supports(within)
            ? HighestRanks.Of(within, hashed.NextRanks((int)within.NumberOfElements), _count)
            : NeighborSelection.Ball(within, draws.Ranks(within.shape, within.device), _count);
    }

    /// <inheritdoc/>
    protected override Tensor Relative(LiftedElements queries, LiftedElements points) => Group.Relative(queries, points);

    /// <summary>The same without distances of all pairs.</summary>
    private (Tensor Indices, Tensor? Mask) BySearch(NeighbourSearch search, Draws draws)
    {
        var (queries, queryMask, support, supportMask, _) = search;
        var seed = RandomNumbers.Seed(draws);
        var radius = _radius.Inside(queries.Elements.dtype);
        var ball = LargeSets.Ball(Group, queries, queryMask, support, supportMask, radius, _count, seed);
        if (_radius.Follows)
            _radius.Follow(LargeSets.AverageFill(Group, queries, queryMask, support, supportMask, radius, seed));
        return ball;
    }
}
