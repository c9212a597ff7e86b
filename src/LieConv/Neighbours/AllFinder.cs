using LieConv.Groups;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All points of a set: nothing is chosen, so that a convolution is exactly equivariant.</summary>
public sealed class AllFinder : NeighbourFinder
{
    /// <summary>Creates the finder.</summary>
    /// <param name="group">The group.</param>
    public AllFinder(LieGroup group) : base(group, isKnown: true)
    {
    }

    /// <summary>No.</summary>
    public override bool FindsAnew => false;

    /// <summary>Pairs from which, where nothing is differentiated, they are found some queries at a time.</summary>
    internal long MostKernels { get; init; } = long.MaxValue;

    internal override bool Defers(long pairs) => pairs > MostKernels && !is_grad_enabled();

    internal override Neighborhood FindRows(
        PackedSets sets, LiftedElements points, Tensor? mask, Tensor? distances, Draws draws) =>
        sets.Neighbours(Group, points);

    /// <summary>All points as neighbours, all at once.</summary>
    internal AllNeighborhood All(NeighbourSearch search)
    {
        using var scope = NewDisposeScope();
        var mask = search.AllValid();
        var relative = Relative(search.Queries, search.Support, null);
        // Padding may hold anything, and 0 · NaN would reach the kernel's gradients.
        if (mask is not null) relative = relative.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));
        if (mask is not null) scope.MoveToOuter(mask);
        return new AllNeighborhood(mask, scope.MoveToOuter(relative));
    }

    private protected override Neighborhood Found(NeighbourSearch search, Draws draws) =>
        Defers(search.Pairs) ? new AllInParts(this, search) : All(search);

    /// <inheritdoc/>
    protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws)
    {
        var (queries, points) = (search.Queries.Elements, search.Support.Elements);
        var (g, m, n) = (queries.shape[0], queries.shape[1], points.shape[1]);
        return (arange(Scalars.Of(n), dtype: ScalarType.Int64, device: points.device).expand(g, m, n), search.AllValid());
    }
}
