using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The improper subgroup that keeps every coordinate.</summary>
/// <param name="parent">The whole group.</param>
internal sealed class WholeLift(LieGroup parent) : SubgroupLift
{
    public override int OrbitDim => parent.OrbitDim;

    public override bool HasStabilizer => parent.HasStabilizer;

    public override bool HasFrames => parent.HasFrames;

    public override CoordinateMotions? Motions => parent.Motions;

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        parent.Lift(points, mask, options, draws);

    public override Tensor? Origins(Tensor orbits) => (parent as IOrbitOrigins)?.Origins(orbits);

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        parent.SampleStabilizer(shape, dtype, device, draws);

    public override Tensor Distance(Tensor log, Tensor? offset, double alpha) =>
        parent.Distance(offset is null ? log : cat([log, offset, zeros_like(offset)], -1));
}
