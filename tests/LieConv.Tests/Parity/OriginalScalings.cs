using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// Scalings of the plane with the original's distance, which takes the azimuth of the query for an angle between the
/// points: whole networks can only be replayed with the neighbours that it chooses. All else is ours.
/// </summary>
public sealed class OriginalScalings : LieGroup
{
    private readonly LieGroup _scalings;

    private OriginalScalings(LieGroup scalings) : base(
        scalings.Name, scalings.AlgebraDim, scalings.ElementDim, scalings.MatrixDim, scalings.PointDim,
        scalings.OrbitDim, scalings.Alpha) => _scalings = scalings;

    /// <summary>The group that chooses as the original does: scalings with its distance, any other group itself.</summary>
    public static LieGroup ChoosingAsRecorded(LieGroup group) =>
        RightDistance.Deviates(group) ? new OriginalScalings(group) : group;

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => _scalings.HasFrames;

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) => _scalings.Identity(dtype, device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => _scalings.Exp(tangent);

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) => _scalings.Log(element);

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => _scalings.Compose(left, right);

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => _scalings.Inverse(element);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) => _scalings.Between(origin, target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => _scalings.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => _scalings.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) => _scalings.ToMatrix(element);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => _scalings.FromMatrix(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => _scalings.Act(element, point);

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        _scalings.Lift(points, mask, options, draws);

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        _scalings.SampleStabilizer(shape, dtype, device, draws);

    /// <inheritdoc/>
    protected override Tensor DistanceCore(Tensor relative) =>
        relative.select(-1, 1).abs() * Alpha + relative.select(-1, 0).abs() * (1 - Alpha);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        Distance(Relative(queries.Queries(), support.Support()));
}
