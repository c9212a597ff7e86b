using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations and translations SE(2) of the plane.</summary>
/// <remarks>
/// <para>Tangents and elements are both three numbers, angle first. An element (θ, x, y) carries a point p to
/// R(θ) p + (x, y), θ in radians counter-clockwise; a tangent (θ, vx, vy) has the matrix
/// [[0, -θ, vx], [θ, 0, vy], [0, 0, 0]].</para>
/// <para>Exp(θ, v) = (θ, V(θ) v) with V = (sin θ / θ) 1 + ((1 - cos θ) / θ) J, J = [[0, -1], [1, 0]]; Log wraps θ to
/// (-π, π], where it is the inverse of Exp, and applies V⁻¹ = (θ/2) cot(θ/2) 1 - (θ/2) J
/// (https://ethaneade.com/lie.pdf, section 3).</para>
/// <para>The plane is one orbit; the stabilizer of the origin is SO(2). A point is lifted to its translation times
/// rotations: one random angle a point, and equal steps between the samples of a point, none of them half a turn,
/// unless <see cref="LiftOptions.OriginalSteps"/> are wanted. A framed lift starts from the angle of the point's or the
/// item's frame vector instead, or from 0 where the terms of that vector cancel.</para>
/// </remarks>
/// <param name="alpha">Weight of the angle in the distance.</param>
public sealed partial class SE2(double alpha = LieGroup.DefaultAlpha)
    : LieGroup("SE2", 3, 3, 3, 2, 0, alpha), ISubgroupParent, IBoundedByPositions, IFusedRelative, IPairDistances,
        IVectorDistances, IKnownMotions, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis =
        AlgebraBasis.Sparse("SE2", 3, 3, (0, 0, 1, -1), (0, 1, 0, 1), (1, 0, 2, 1), (2, 1, 2, 1));

    /// <inheritdoc/>
    public override bool HasStabilizer => true;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([0, 1], [0, 1]);

    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.AllAt(orbits, new double[PointDim]);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros([3L], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right)
    {
        var ((leftAngle, leftShift), (rightAngle, rightShift)) = (Split(left), Split(right));
        var shift = PlaneRotation.Rotate(leftAngle.squeeze(-1), rightShift) + leftShift;
        return cat([leftAngle + rightAngle, shift], -1);
    }

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element)
    {
        var (angle, translation) = Split(element);
        return cat([-angle, -PlaneRotation.Rotate(-angle.squeeze(-1), translation)], -1);
    }

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target)
    {
        var ((startAngle, startShift), (endAngle, endShift)) = (Split(origin), Split(target));
        return cat([endAngle - startAngle, PlaneRotation.Rotate(-startAngle.squeeze(-1), endShift - startShift)], -1);
    }

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element)
    {
        var (angle, translation) = Split(element);
        return Homogeneous.Matrix(PlaneRotation.Matrix(angle.squeeze(-1)), translation);
    }

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) =>
        cat([PlaneRotation.AngleOf(matrix).unsqueeze(-1), Homogeneous.Translation(matrix)], -1);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point)
    {
        var (angle, translation) = Split(element);
        return PlaneRotation.Rotate(angle.squeeze(-1), point) + translation;
    }

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var angles = options.Framed
            ? Frames.CircleLifts(points, mask, options, draws)
            : StabilizerDraws.CircleLifts(points, options, draws);
        angles = angles.unsqueeze(-1);                                                             // (g, n, s, 1)
        var translations = points.unsqueeze(2).expand([.. angles.shape[..^1], 2]);
        return new LiftedElements(cat([angles, translations], -1).flatten(1, 2), null);
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        var angles = Polar.Wrap(draws.Angles(shape, dtype, device)).unsqueeze(-1);
        return cat([angles, zeros([.. shape, 2], dtype: dtype, device: device)], -1);
    }

    /// <summary>Rotations about the origin (0), translations (1, 2).</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) => kept.Count == 3
        ? new WholeLift(this)
        : new RigidLift(
            2, kept.Contains(0) ? RigidLift.PlaneAxis : null, [.. kept.Where(i => i > 0).Select(i => i - 1)],
            (angle, translation) => cat([angle.unsqueeze(-1), translation], -1), kept.Contains(0) ? 1 : 0);

    /// <summary>The parts of an element or of a tangent.</summary>
    private static (Tensor Angle, Tensor Vector) Split(Tensor element) =>
        (element.narrow(-1, 0, 1), element.narrow(-1, 1, 2));
}
