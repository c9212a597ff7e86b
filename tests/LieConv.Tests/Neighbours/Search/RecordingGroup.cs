using LieConv.Groups;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

/// <summary>A group that remembers the largest table of pairs it was asked for. Its distances count as bounded by
/// positions where the inner group's are, never as equal to theirs, so that it takes the searches of any group.
/// </summary>
internal sealed class RecordingGroup(LieGroup inner) : LieGroup(
    inner.Name, inner.AlgebraDim, inner.ElementDim, inner.MatrixDim, inner.PointDim, inner.OrbitDim, inner.Alpha),
    IBoundedByPositions
{
    /// <summary>Most pairs of one call.</summary>
    public long MostPairs { get; private set; }

    /// <summary>Pairs of all calls.</summary>
    public long Pairs { get; private set; }

    public override bool HasStabilizer => inner.HasStabilizer;

    public override bool HasFrames => inner.HasFrames;

    PositionBound IBoundedByPositions.Bound(LiftedElements points) => inner is IBoundedByPositions bounded
        ? bounded.Bound(points) with { IsDistance = false }
        : new PositionBound(points.Elements, 0, false);

    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support)
    {
        var (u, v) = (queries.Elements.shape, support.Elements.shape);
        var pairs = u[0] * u[1] * v[1];
        Pairs += pairs;
        MostPairs = Math.Max(MostPairs, pairs);
        return inner.PairDistances(queries, support);
    }

    protected override Tensor IdentityCore(ScalarType dtype, Device device) => inner.Identity(dtype, device);

    protected override Tensor ExpCore(Tensor tangent) => inner.Exp(tangent);

    protected override Tensor LogCore(Tensor element) => inner.Log(element);

    protected override Tensor ComposeCore(Tensor left, Tensor right) => inner.Compose(left, right);

    protected override Tensor InverseCore(Tensor element) => inner.Inverse(element);

    protected override Tensor BetweenCore(Tensor origin, Tensor target) => inner.Between(origin, target);

    protected override Tensor HatCore(Tensor tangent) => inner.Hat(tangent);

    protected override Tensor VeeCore(Tensor matrix) => inner.Vee(matrix);

    protected override Tensor ToMatrixCore(Tensor element) => inner.ToMatrix(element);

    protected override Tensor FromMatrixCore(Tensor matrix) => inner.FromMatrix(matrix);

    protected override Tensor ActCore(Tensor element, Tensor point) => inner.Act(element, point);

    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        inner.Lift(points, mask, options, draws);

    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        inner.SampleStabilizer(shape, dtype, device, draws);

    protected override Tensor DistanceCore(Tensor relative) => inner.Distance(relative);
}
