using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The scalings and rotations R* × SO(2) of the plane about the origin: log-polar convolution.</summary>
/// <remarks>
/// <para>Tangents and elements are (log r, θ): natural logarithm of the scale, angle in radians counter-clockwise. Log
/// wraps θ to (-π, π] and is the inverse of Exp there.</para>
/// <para>A point is lifted to (log of its radius, azimuth). The group cannot reach the origin: points within a millionth
/// of their set's root mean square radius are lifted as if they lay at that radius, which grows with the set, in a random
/// direction, so that lifts are equivariant in distribution; on e_x in a framed lift and where
/// <see cref="LiftOptions.OriginalSteps"/> are wanted.</para>
/// </remarks>
/// <param name="alpha">Weight of the angle in the distance.</param>
public sealed partial class RxSO2(double alpha = LieGroup.DefaultAlpha)
    : LieGroup("RxSO2", 2, 2, 2, 2, 0, alpha), ISubgroupParent, IVectorDistances, IKnownMotions, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis =
        AlgebraBasis.Sparse("RxSO2", 2, 2, (0, 0, 0, 1), (0, 1, 1, 1), (1, 0, 1, -1), (1, 1, 0, 1));

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([0, 1], [], Scaled: true);

    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.AllAt(orbits, 1, 0);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros([2L], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => tangent.alias();

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) =>
        cat([element.narrow(-1, 0, 1), Polar.Wrap(element.narrow(-1, 1, 1))], -1);

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => Additive.Compose(this, left, right);

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => Additive.Inverse(this, element);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) => Additive.Between(this, origin, target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) =>
        PlaneRotation.Matrix(element.select(-1, 1)) * element.select(-1, 0).exp().unsqueeze(-1).unsqueeze(-1);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) =>
        stack([linalg.det(matrix).log() / Scalars.Of(2), PlaneRotation.AngleOf(matrix)], -1);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) =>
        PlaneRotation.Rotate(element.select(-1, 1), point) * element.narrow(-1, 0, 1).exp();

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (x, y) = (points.select(-1, 0), points.select(-1, 1));
        var (logRadii, central) = Azimuths.Scaled(x, y, mask);
        return new LiftedElements(stack([logRadii, Azimuths.Compute(x, y, central, mask, options, draws)], -1), null);
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 2], dtype: dtype, device: device);

    /// <summary>Scalings (0) with the azimuth as orbit, rotations (1) with the log of the radius as orbit.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) => new CoordinateLift(
        this, kept, 1, new CoordinateMotions(kept.Contains(1) ? [0, 1] : [], [], Scaled: kept.Contains(0)));
}
