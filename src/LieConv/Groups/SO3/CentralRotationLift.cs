using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>SO(3) inside SE(3): the rotations about the origin, with the radius as orbit.</summary>
internal sealed class CentralRotationLift : SubgroupLift
{
    private readonly SO3 _rotations = new();

    public override int OrbitDim => 1;

    public override bool HasStabilizer => true;

    public override bool HasFrames => true;

    public override CoordinateMotions? Motions => _rotations.Motions;

    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var lifted = _rotations.Lift(points, mask, options, draws);
        return lifted with { Elements = WithoutTranslation(lifted.Elements) };
    }

    public override Tensor? Origins(Tensor orbits) => ((IOrbitOrigins)_rotations).Origins(orbits);

    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        WithoutTranslation(_rotations.SampleStabilizer(shape, dtype, device, draws));

    public override Tensor Distance(Tensor log, Tensor? offset, double alpha) =>
        Polar.Length(log) * Scalars.Of(alpha) + Polar.Length(offset!) * Scalars.Of(1 - alpha);

    private static Tensor WithoutTranslation(Tensor q) => cat([q, zeros_like(q.narrow(-1, 0, 3))], -1);
}
