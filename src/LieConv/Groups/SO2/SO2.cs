using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations SO(2) of the plane about the origin.</summary>
/// <remarks>
/// <para>Tangents and elements are one angle in radians, counter-clockwise; the generator is [[0, -1], [1, 0]]. Log
/// wraps to (-π, π] and is the inverse of Exp there.</para>
/// <para>A point is lifted to its azimuth; its orbit is told by its radius. Points within 1e-6 of the origin have no
/// azimuth: they are lifted to random angles, without derivative, so that lifts are equivariant in distribution; to the
/// angle 0 in a framed lift and where <see cref="LiftOptions.OriginalSteps"/> are wanted.</para>
/// </remarks>
/// <param name="alpha">Weight of the angle in the distance.</param>
public sealed partial class SO2(double alpha = LieGroup.DefaultAlpha) : LieGroup("SO2", 1, 1, 2, 2, 1, alpha), IVectorDistances, IKnownMotions, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis = AlgebraBasis.Sparse("SO2", 1, 2, (0, 0, 1, -1), (0, 1, 0, 1));

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([0, 1], []);

    /// <summary>The point of the circle at angle 0.</summary>
    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.Placed(orbits, [0, -1]);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros([1L], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => tangent.alias();

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) => Polar.Wrap(element);

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
    protected override Tensor ToMatrixCore(Tensor element) => PlaneRotation.Matrix(element.select(-1, 0));

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => PlaneRotation.AngleOf(matrix).unsqueeze(-1);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) =>
        PlaneRotation.Rotate(element.select(-1, 0), point);

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (x, y) = (points.select(-1, 0), points.select(-1, 1));
        var angles = Azimuths.Compute(x, y, Azimuths.AtCentre(x, y), mask, options, draws);
        return new LiftedElements(angles.unsqueeze(-1), Polar.Length(points).unsqueeze(-1));
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 1], dtype: dtype, device: device);
}
