using LieConv.Groups;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers.Search;

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

    public override Tensor PairDistances(LiftedElements queries, LiftedElements support)
    {
        var (u, v) = (queries.Elements.shape, support.Elements.shape);
        var pairs = u[0] * u[1] * v[1];
        Pairs += pairs;
        MostPairs = Math.Max(MostPairs, pairs);
        return inner.PairDistances(queries, support);
    }

    public override Tensor Identity(ScalarType dtype, Device device) => inner.Identity(dtype, device);

    public override Tensor Exp(Tensor tangent) => inner.Exp(tangent);

    public override Tensor Log(Tensor element) => inner.Log(element);

    public override Tensor Compose(Tensor left, Tensor right) => inner.Compose(left, right);

    public override Tensor Inverse(Tensor element) => inner.Inverse(element);

    public override Tensor Between(Tensor origin, Tensor target) => inner.Between(origin, target);

    public override Tensor Hat(Tensor tangent) => inner.Hat(tangent);

    public override Tensor Vee(Tensor matrix) => inner.Vee(matrix);

    public override Tensor ToMatrix(Tensor element) => inner.ToMatrix(element);

    public override Tensor FromMatrix(Tensor matrix) => inner.FromMatrix(matrix);

    public override Tensor Act(Tensor element, Tensor point) => inner.Act(element, point);

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        inner.Lift(points, mask, options, draws);

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        inner.SampleStabilizer(shape, dtype, device, draws);

    public override Tensor Distance(Tensor relative) => inner.Distance(relative);
}
