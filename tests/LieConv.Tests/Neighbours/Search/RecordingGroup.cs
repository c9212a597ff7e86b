using LieConv.Groups;
using LieConv.Tests.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

/// <summary>A group that remembers the largest table of pairs it was asked for. Its distances count as bounded by
/// positions where the inner group's are, never as equal to theirs, so that it takes the searches of any group.
/// </summary>
internal sealed class RecordingGroup(LieGroup inner) : WrappedGroup(inner, inner.Name), IBoundedByPositions
{
    /// <summary>Most pairs of one call.</summary>
    public long MostPairs { get; private set; }

    /// <summary>Pairs of all calls.</summary>
    public long Pairs { get; private set; }

    PositionBound IBoundedByPositions.Bound(LiftedElements points) => Inner is IBoundedByPositions bounded
        ? bounded.Bound(points) with { IsDistance = false }
        : new PositionBound(points.Elements, 0, false);

    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support)
    {
        var (u, v) = (queries.Elements.shape, support.Elements.shape);
        var pairs = u[0] * u[1] * v[1];
        Pairs += pairs;
        MostPairs = Math.Max(MostPairs, pairs);
        return Inner.PairDistances(queries, support);
    }
}
