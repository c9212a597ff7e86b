using LieConv.Groups;
using LieConv.Randomness;
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
    StabilizerDenied,
    DrawsNotUniform,
    LiftWithAnotherSlope,
    FramesDoNotMove,
    MotionsWithoutRotation,
}

/// <summary>A right group with one fault, to see that the laws notice it.</summary>
internal sealed class BrokenGroup(LieGroup inner, Fault fault) : WrappedGroup(inner, "Broken"), IKnownMotions
{
    public override bool HasStabilizer => Inner.HasStabilizer && fault != Fault.StabilizerDenied;

    CoordinateMotions? IKnownMotions.KnownMotions => fault == Fault.MotionsWithoutRotation
        ? new([], Inner.Motions!.Translated)
        : Inner.Motions;

    protected override Tensor ExpCore(Tensor tangent) => Inner.Exp(fault == Fault.ExpSign ? -tangent : tangent);

    protected override Tensor LogCore(Tensor element)
    {
        if (fault == Fault.LogWithoutV) return element.alias();
        // A term that vanishes but whose derivative is NaN at 0, as in the square root of a sum of squares.
        var log = Inner.Log(element);
        return fault == Fault.LogNotDifferentiable ? log + (log * log).sum(-1, keepdim: true).sqrt() * 0 : log;
    }

    protected override Tensor ComposeCore(Tensor left, Tensor right) =>
        fault == Fault.ComposeSwapped ? Inner.Compose(right, left) : Inner.Compose(left, right);

    protected override Tensor InverseCore(Tensor element) =>
        fault == Fault.InverseIsIdentity ? element.alias() : Inner.Inverse(element);

    protected override Tensor HatCore(Tensor tangent) =>
        fault == Fault.HatTransposed ? Inner.Hat(tangent).transpose(-1, -2) : Inner.Hat(tangent);

    protected override Tensor ActCore(Tensor element, Tensor point) => fault == Fault.ActIgnoresTranslation
        ? Inner.Act(element, point) - Inner.Act(element, zeros_like(point))
        : Inner.Act(element, point);

    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        if (fault == Fault.FramesDoNotMove) options = options with { Framed = false };
        var lift = Inner.Lift(fault == Fault.LiftIgnoresPoint ? zeros_like(points) : points, mask, options, draws);
        if (fault == Fault.LiftWithAnotherSlope)
            lift = lift with
            {
                Elements = lift.Elements +
                    (points - points.detach()).narrow(-1, 0, 1).repeat_interleave(options.Samples, 1),
            };
        return fault == Fault.OrbitsVary && lift.Orbits is { } orbits
            ? lift with { Orbits = orbits + points.narrow(-1, 0, 1).repeat_interleave(options.Samples, 1) }
            : lift;
    }

    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        fault == Fault.DrawsNotUniform
            ? Inner.Identity(dtype, device).expand([.. shape, ElementDim])
            : Inner.SampleStabilizer(shape, dtype, device, draws);

    protected override Tensor DistanceCore(Tensor relative) => fault == Fault.DistanceAsymmetric
        ? Inner.Distance(relative) + relative.select(-1, 0) * 0.01
        : Inner.Distance(relative);

    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        Inner.PairDistances(queries, support) * (fault == Fault.PairDistancesScaled ? 1.01 : 1);
}
