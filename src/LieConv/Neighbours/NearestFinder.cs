using LieConv.Groups;
using LieConv.Neighbours.Search;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The nearest points, and all that are as near as the last of them.</summary>
public sealed class NearestFinder : ChoosingFinder
{
    private readonly int _count;

    /// <summary>Creates the finder.</summary>
    /// <param name="group">The group whose distance counts.</param>
    /// <param name="count">Wanted neighbours k, <see cref="int.MaxValue"/> for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">If fewer than one neighbour is wanted.</exception>
    public NearestFinder(LieGroup group, int count) : base(group, readsDistances: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _count = count;
    }

    /// <summary>No.</summary>
    public override bool FindsAnew => false;

    /// <inheritdoc/>
    protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws) =>
        search.Distances is null && search.Pairs > MostPairs
            ? LargeSets.Nearest(
                Group, search.Queries, search.QueryMask, search.Support, search.SupportMask, _count)
            : NeighborSelection.Nearest(
                search.Distances ?? Group.PairDistances(search.Queries, search.Support), search.Valid(), _count);

    /// <inheritdoc/>
    protected override Tensor Relative(LiftedElements queries, LiftedElements points) => Group.Relative(queries, points);
}
