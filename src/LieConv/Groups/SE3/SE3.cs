using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations and translations SE(3) of space.</summary>
/// <remarks>
/// <para>Elements are a unit quaternion and a translation (w, x, y, z, tx, ty, tz) that carry p to R p + t; tangents
/// are a rotation vector and a velocity (wx, wy, wz, vx, vy, vz) with the matrix [[w×, v], [0, 0]].</para>
/// <para>Exp(w, v) = (exp w, V v) with V = 1 + ((1 - cos θ) / θ²) w× + ((θ - sin θ) / θ³) (w×)², θ = |w|. Log inverts
/// it below θ = π with V⁻¹ = 1 - w×/2 + ((1 - (θ/2) cot(θ/2)) / θ²) (w×)² (https://ethaneade.com/lie.pdf,
/// section 4), to full precision at 0 and at π alike.</para>
/// <para>Space is one orbit; the stabilizer of the origin is SO(3). A point is lifted to its translation times random
/// rotations. A framed lift takes the frame of the point or of the item instead: its first axis along the first frame
/// vector, its second towards the second one, and steps about its first axis between the samples. An axis whose vectors
/// cancel is a coordinate axis.</para>
/// </remarks>
/// <param name="alpha">Weight of the rotation in the distance.</param>
public sealed partial class SE3(double alpha = LieGroup.DefaultAlpha)
    : LieGroup("SE3", 6, 7, 4, 3, 0, alpha), ISubgroupParent, IBoundedByPositions, IFusedRelative, IPairDistances,
        IVectorDistances, IKnownMotions, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis = AlgebraBasis.Sparse("SE3", 6, 4,
        (0, 2, 1, 1), (0, 1, 2, -1), (1, 0, 2, 1), (1, 2, 0, -1), (2, 1, 0, 1), (2, 0, 1, -1),
        (3, 0, 3, 1), (4, 1, 3, 1), (5, 2, 3, 1));

    /// <inheritdoc/>
    public override bool HasStabilizer => true;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([0, 1, 2], [0, 1, 2]);

    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.AllAt(orbits, new double[PointDim]);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        tensor([1.0, 0, 0, 0, 0, 0, 0], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right)
    {
        var ((leftQ, leftShift), (rightQ, rightShift)) = (Split(left), Split(right));
        return cat([UnitQuaternion.Product(leftQ, rightQ), UnitQuaternion.Rotate(leftQ, rightShift) + leftShift], -1);
    }

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element)
    {
        var (q, t) = Split(element);
        var inverse = UnitQuaternion.Conjugate(q);
        return cat([inverse, -UnitQuaternion.Rotate(inverse, t)], -1);
    }

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target)
    {
        var ((startQ, startShift), (endQ, endShift)) = (Split(origin), Split(target));
        var inverse = UnitQuaternion.Conjugate(startQ);
        return cat(
            [UnitQuaternion.Multiply(inverse, endQ), UnitQuaternion.Rotate(inverse, endShift - startShift)], -1);
    }

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element)
    {
        var (q, t) = Split(element);
        return Homogeneous.Matrix(UnitQuaternion.ToMatrix(q), t);
    }

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix)
    {
        var q = UnitQuaternion.FromMatrix(Homogeneous.Linear(matrix));
        return cat([q, Homogeneous.Translation(matrix)], -1);
    }

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point)
    {
        var (q, t) = Split(element);
        return UnitQuaternion.Rotate(q, point) + t;
    }

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        long[] shape = [points.shape[0], points.shape[1], options.Samples];
        var rotations = options.Framed
            ? Frames.Rotations(points, mask, options, draws)
            : draws.Quaternions(StabilizerDraws.Shape(points, options), points.dtype, points.device);
        var elements = cat([rotations.expand([.. shape, 4]), points.unsqueeze(2).expand([.. shape, 3])], -1);
        return new LiftedElements(elements.flatten(1, 2), null);
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        var rotations = draws.Quaternions(shape, dtype, device);
        return cat([rotations, zeros([.. shape, 3], dtype: dtype, device: device)], -1);
    }

    /// <summary>Rotations (0, 1, 2) and translations (3, 4, 5) along the coordinate axes.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept)
    {
        int[] rotations = [.. kept.Where(i => i < 3)];
        int[] translations = [.. kept.Where(i => i >= 3).Select(i => i - 3)];
        if (rotations.Length == 3)
            return translations.Length == 3 ? new WholeLift(this) : new CentralRotationLift();
        int? axis = rotations.Length == 0 ? null : rotations[0];
        return new RigidLift(3, axis, translations,
            (angle, shift) => cat([UnitQuaternion.AboutAxis(angle, axis ?? 0), shift], -1), rotations.Length);
    }

    private static (Tensor Rotation, Tensor Translation) Split(Tensor element) =>
        (element.narrow(-1, 0, 4), element.narrow(-1, 4, 3));
}
