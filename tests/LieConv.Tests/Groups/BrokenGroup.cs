using LieConv.Groups;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>What is wrong with a <see cref="BrokenGroup"/>.</summary>
public enum Fault
{
    None,
    ExpSign,
    LogWithoutV,
    LogNotDifferentiable,
    InverseIsIdentity,
    HatTransposed,
    ComposeSwapped,
    LiftIgnoresPoint,
    OrbitsVary,
    DistanceAsymmetric,
    PairDistancesScaled,
    ActIgnoresTranslation,
}

/// <summary>A right group with one fault, to see that the laws notice it.</summary>
internal sealed class BrokenGroup(LieGroup inner, Fault fault) : LieGroup(
    "Broken", inner.AlgebraDim, inner.ElementDim, inner.MatrixDim, inner.PointDim, inner.OrbitDim, inner.Alpha)
{
    public override bool HasStabilizer => inner.HasStabilizer;

    public override bool HasFrames => inner.HasFrames;

    public override Tensor Identity(ScalarType dtype, Device device) => inner.Identity(dtype, device);

    public override Tensor Exp(Tensor tangent) => inner.Exp(fault == Fault.ExpSign ? -tangent : tangent);

    public override Tensor Log(Tensor element)
    {
        if (fault == Fault.LogWithoutV) return element.alias();
        // A term that vanishes but whose derivative is NaN at 0, as in the square root of a sum of squares.
        var log = inner.Log(element);
        return fault == Fault.LogNotDifferentiable ? log + (log * log).sum(-1, keepdim: true).sqrt() * 0 : log;
    }

    public override Tensor Compose(Tensor left, Tensor right) =>
        fault == Fault.ComposeSwapped ? inner.Compose(right, left) : inner.Compose(left, right);

    public override Tensor Inverse(Tensor element) =>
        fault == Fault.InverseIsIdentity ? element.alias() : inner.Inverse(element);

    public override Tensor Between(Tensor origin, Tensor target) => inner.Between(origin, target);

    public override Tensor Hat(Tensor tangent) =>
        fault == Fault.HatTransposed ? inner.Hat(tangent).transpose(-1, -2) : inner.Hat(tangent);

    public override Tensor Vee(Tensor matrix) => inner.Vee(matrix);

    public override Tensor ToMatrix(Tensor element) => inner.ToMatrix(element);

    public override Tensor FromMatrix(Tensor matrix) => inner.FromMatrix(matrix);

    public override Tensor Act(Tensor element, Tensor point) => fault == Fault.ActIgnoresTranslation
        ? inner.Act(element, point) - inner.Act(element, zeros_like(point))
        : inner.Act(element, point);

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var lift = inner.Lift(fault == Fault.LiftIgnoresPoint ? zeros_like(points) : points, mask, options, draws);
        return fault == Fault.OrbitsVary && lift.Orbits is { } orbits
            ? lift with { Orbits = orbits + points.narrow(-1, 0, 1).repeat_interleave(options.Samples, 1) }
            : lift;
    }

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        inner.SampleStabilizer(shape, dtype, device, draws);

    public override Tensor Distance(Tensor relative) => fault == Fault.DistanceAsymmetric
        ? inner.Distance(relative) + relative.select(-1, 0) * 0.01
        : inner.Distance(relative);

    public override Tensor PairDistances(LiftedElements queries, LiftedElements support) =>
        inner.PairDistances(queries, support) * (fault == Fault.PairDistancesScaled ? 1.01 : 1);
}
