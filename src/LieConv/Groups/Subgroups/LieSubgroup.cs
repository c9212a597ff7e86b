using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A subgroup of a group that is spanned by some of its coordinates, which must be closed under the bracket.
/// </summary>
/// <remarks>Elements keep the parent's compact form; tangents have the kept components in ascending order. Points are
/// lifted with orbit coordinates that the subgroup leaves invariant: untouched coordinates, the distance from an axis,
/// and so on. A coordinate subgroup of a user-defined <see cref="MatrixGroup"/> is a matrix group with fewer
/// generators.</remarks>
public sealed class LieSubgroup : LieGroup, IKnownMotions, IOwnDomain, IOrbitOrigins
{
    private readonly LieGroup _parent;
    private readonly int[] _kept;
    private readonly SubgroupLift _lift;

    private LieSubgroup(LieGroup parent, int[] kept, SubgroupLift lift, string name, double alpha)
        : base(name, kept.Length, parent.ElementDim, parent.MatrixDim, parent.PointDim, lift.OrbitDim, alpha) =>
        (_parent, _kept, _lift) = (parent, kept, lift);

    /// <summary>The parent's coordinates that span the subgroup, ascending.</summary>
    public IReadOnlyList<int> Coordinates => _kept;

    /// <summary>The group it is a subgroup of.</summary>
    public LieGroup Parent => _parent;

    /// <inheritdoc/>
    public override bool HasStabilizer => _lift.HasStabilizer;

    /// <inheritdoc/>
    public override bool HasFrames => _lift.HasFrames;

    CoordinateMotions? IKnownMotions.KnownMotions => _lift.Motions;

    Tensor? IOrbitOrigins.Origins(Tensor orbits) => _lift.Origins(orbits);

    /// <summary>The subgroup spanned by some coordinates.</summary>
    /// <param name="parent">T(D), RxSO2, RxSQ, SE2, SO3 or SE3.</param>
    /// <param name="coordinates">Components of the parent's tangents, each once.</param>
    /// <param name="name">The name; by default the parent's with the coordinates, as in SE3[2,5].</param>
    /// <param name="alpha">Distance weight; by default the parent's.</param>
    /// <exception cref="ArgumentException">If the coordinates are not the parent's, repeat, are none, or do not form a
    /// subgroup (the message names the bracket that leaves them).</exception>
    public static LieSubgroup Create(
        LieGroup parent, IEnumerable<int> coordinates, string? name = null, double? alpha = null)
    {
        int[] kept = [.. coordinates.Order()];
        var list = string.Join(",", kept);
        if (parent is not ISubgroupParent owner)
            throw new ArgumentException(
                $"Subgroups can be taken of T, RxSO2, RxSQ, SE2, SO3 and SE3, not of {parent.Name}.", nameof(parent));
        if (kept.Length == 0 || kept[0] < 0 || kept[^1] >= parent.AlgebraDim || kept.Distinct().Count() < kept.Length)
            throw new ArgumentException(
                $"The coordinates [{list}] do not name a subgroup of {parent.Name}; " +
                $"expected different numbers from 0 to {parent.AlgebraDim - 1}.", nameof(coordinates));
        CheckClosure(parent, kept, list);
        return new LieSubgroup(
            parent, kept, owner.SubgroupLift(kept), name ?? $"{parent.Name}[{list}]", alpha ?? parent.Alpha);
    }

    /// <summary>Translations along x; the other coordinates tell the orbit.</summary>
    public static LieSubgroup Tx(int dimension = 2, double alpha = DefaultAlpha) =>
        Create(new Translation(dimension), [0], dimension == 2 ? "Tx" : $"Tx{dimension}", alpha);

    /// <summary>Translations along y; the other coordinates tell the orbit.</summary>
    public static LieSubgroup Ty(int dimension = 2, double alpha = DefaultAlpha) =>
        Create(new Translation(dimension), [1], dimension == 2 ? "Ty" : $"Ty{dimension}", alpha);

    /// <summary>Scalings of the plane about the origin; the azimuth tells the orbit.</summary>
    public static LieSubgroup Rx(double alpha = DefaultAlpha) => Create(new RxSO2(), [0], "Rx", alpha);

    /// <summary>Squeezes of the positive quadrant; the log of the scale tells the orbit.</summary>
    public static LieSubgroup SQ(double alpha = DefaultAlpha) => Create(new RxSQ(), [1], "SQ", alpha);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) => _parent.Identity(dtype, device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => _parent.Exp(Embed(tangent));

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) => Keep(_parent.Log(element));

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => _parent.Compose(left, right);

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => _parent.Inverse(element);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) => _parent.Between(origin, target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => _parent.Hat(Embed(tangent));

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Keep(_parent.Vee(matrix));

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) => _parent.ToMatrix(element);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => _parent.FromMatrix(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => _parent.Act(element, point);

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        _lift.Lift(points, mask, options, draws);

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        _lift.SampleStabilizer(shape, dtype, device, draws);

    Tensor IOwnDomain.FromNumbers(Tensor numbers) => _parent.ToDomain(numbers);

    /// <inheritdoc/>
    /// <remarks>alpha · |log| + (1 - alpha) · |q_u - q_v|, angles among the orbits compared on the circle; in SE2 and
    /// SE3 alpha · |rotation| + (1 - alpha) · |translation and q_u - q_v|.</remarks>
    protected override Tensor DistanceCore(Tensor relative)
    {
        var offset = OrbitDim == 0 ? null : OrbitDistances.Offset(this, relative);
        return _lift.Distance(relative.narrow(-1, 0, AlgebraDim), offset, Alpha);
    }

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.FromRelative(this, queries, support);

    private Tensor Embed(Tensor tangent)
    {
        var columns = tangent.split(1, -1);
        var zero = zeros_like(columns[0]);
        var all = Enumerable.Range(0, _parent.AlgebraDim).Select(i => Array.IndexOf(_kept, i));
        return cat([.. all.Select(k => k < 0 ? zero : columns[k])], -1);
    }

    private Tensor Keep(Tensor tangent) => cat([.. _kept.Select(i => tangent.narrow(-1, i, 1))], -1);

    private static void CheckClosure(LieGroup parent, int[] coordinates, string list)
    {
        using var scope = NewDisposeScope();
        var basis = eye(parent.AlgebraDim, dtype: ScalarType.Float64);
        foreach (var i in coordinates)
            foreach (var j in coordinates.Where(j => j > i))
            {
                var bracket = parent.Bracket(basis[i], basis[j]).data<double>().ToArray();
                var outside = Array.FindIndex(bracket, value => Math.Abs(value) > 1e-12);
                while (outside >= 0 && coordinates.Contains(outside))
                    outside = Array.FindIndex(bracket, outside + 1, value => Math.Abs(value) > 1e-12);
                if (outside >= 0)
                    throw new ArgumentException(
                        $"The coordinates [{list}] of {parent.Name} do not form a subgroup: " +
                        $"the bracket of {i} and {j} has a component along {outside}.", nameof(coordinates));
            }
    }
}
