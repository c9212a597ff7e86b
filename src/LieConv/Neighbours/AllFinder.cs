using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All points of a set: nothing is chosen, so that a convolution is exactly equivariant.</summary>
public sealed class AllFinder : NeighbourFinder
{
    /// <summary>Creates the finder.</summary>
    /// <param name="group">The group.</param>
    public AllFinder(LieGroup group) : base(group)
    {
    }

    /// <summary>No.</summary>
    public override bool FindsAnew => false;

    /// <summary>Pairs from which, where nothing is differentiated, they are found some queries at a time.</summary>
    internal long MostKernels { get; init; } = long.MaxValue;

    /// <summary>All points as neighbours, all at once.</summary>
    internal AllNeighborhood All(NeighbourSearch search)
    {
        using var scope = NewDisposeScope();
        var mask = search.AllValid();
        var (from, to) = Pairs(search.Queries, search.Support, null);
        var relative = WithoutPadding(Read(Group.Relative(from, to)), mask, search);
        if (mask is not null) scope.MoveToOuter(mask);
        return new AllNeighborhood(mask, scope.MoveToOuter(relative));
    }

    private protected override Neighborhood Find(NeighbourSearch search, Draws draws) =>
        Defers(search.Pairs) ? new AllInParts(this, search) : All(search);

    internal override Neighborhood FindRows(
        PackedSets sets, LiftedElements points, Tensor? mask, Tensor? distances, Draws draws) =>
        sets.Neighbours(Group, points, Radial);

    internal override Tensor? SharedDistances(LiftedElements points) => null;

    internal override bool Defers(long pairs) => pairs > MostKernels && !is_grad_enabled();
}
