using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations SO(3) of space about the origin.</summary>
/// <remarks>
/// <para>Elements are unit quaternions (w, x, y, z), q and -q being the same rotation; tangents are rotation vectors,
/// axis times angle in radians, right-handed: the matrix of w is p ↦ w × p.</para>
/// <para>Log gives a rotation vector of length at most π and is the inverse of Exp below π, to full precision at 0 and
/// at π alike.</para>
/// <para>The orbits are spheres, told by their radius r; the stabilizer of r e_x is the rotations about e_x. A point is
/// lifted to the minimal rotation of e_x to its direction times a random rotation about e_x. At the direction -e_x the
/// minimal rotation is taken about e_z; points within 1e-6 of the origin are lifted to random rotations. Points that
/// share their draws are lifted to the rotations that carry e_y towards one random direction.</para>
/// <para>A framed lift carries e_x to the direction of the point and e_y to that of the frame vector across it, or of a
/// coordinate axis where the frame vectors cancel or lie along the point.</para>
/// </remarks>
/// <param name="alpha">Weight of the angle in the distance.</param>
public sealed class SO3(double alpha = LieGroup.DefaultAlpha)
    : LieGroup("SO3", 3, 4, 3, 3, 1, alpha), ISubgroupParent, IKnownMotions, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis = AlgebraBasis.Sparse("SO3", 3, 3,
        (0, 2, 1, 1), (0, 1, 2, -1), (1, 0, 2, 1), (1, 2, 0, -1), (2, 1, 0, 1), (2, 0, 1, -1));

    /// <inheritdoc/>
    public override bool HasStabilizer => true;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([0, 1, 2], []);

    /// <summary>The point of the sphere along e_x.</summary>
    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.Placed(orbits, [0, -1, -1]);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        tensor([1.0, 0, 0, 0], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => UnitQuaternion.Exp(tangent);

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) => UnitQuaternion.Log(element);

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) =>
        UnitQuaternion.Product(left, right);

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => UnitQuaternion.Conjugate(element);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) =>
        UnitQuaternion.Multiply(UnitQuaternion.Conjugate(origin), target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) => UnitQuaternion.ToMatrix(element);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => UnitQuaternion.FromMatrix(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => UnitQuaternion.Rotate(element, point);

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var elements = options.Framed
            ? Frames.CentralRotations(points, mask, options, draws)
            : CentralDraws.Lifts(points, mask, options, draws);
        var radii = Polar.Length(points).unsqueeze(-1).repeat_interleave(options.Samples, 1);
        return new LiftedElements(elements.flatten(1, 2), radii);
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        UnitQuaternion.AboutAxis(draws.Angles(shape, dtype, device), 0);

    /// <summary>alpha · angle + (1 - alpha) · |r_u - r_v|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.InBlocks(queries, support, (u, v) =>
            PairwiseDistances.Rotational(u.Elements, v.Elements) * Scalars.Of(Alpha) +
            (u.Orbits! - v.Orbits!).squeeze(-1).abs() * Scalars.Of(1 - Alpha));

    /// <summary>Rotations about one coordinate axis: the orbits are circles about it.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) => kept.Count == 3
        ? new WholeLift(this)
        : new RigidLift(3, kept[0], [], (angle, _) => UnitQuaternion.AboutAxis(angle, kept[0]), 1);
}
