using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>A group that leaves everything to another: what tests derive from to change one thing, as a user's own group
/// would. It has none of the other's capabilities.</summary>
internal abstract class WrappedGroup(LieGroup inner, string name) : LieGroup(
    name, inner.AlgebraDim, inner.ElementDim, inner.MatrixDim, inner.PointDim, inner.OrbitDim, inner.Alpha)
{
    protected LieGroup Inner => inner;

    public override bool HasStabilizer => inner.HasStabilizer;

    public override bool HasFrames => inner.HasFrames;

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

    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        inner.PairDistances(queries, support);
}
