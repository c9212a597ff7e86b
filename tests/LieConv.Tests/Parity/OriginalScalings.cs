using LieConv.Groups;
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
    public override Tensor Identity(ScalarType dtype, Device device) => _scalings.Identity(dtype, device);

    /// <inheritdoc/>
    public override Tensor Exp(Tensor tangent) => _scalings.Exp(tangent);

    /// <inheritdoc/>
    public override Tensor Log(Tensor element) => _scalings.Log(element);

    /// <inheritdoc/>
    public override Tensor Compose(Tensor left, Tensor right) => _scalings.Compose(left, right);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor element) => _scalings.Inverse(element);

    /// <inheritdoc/>
    public override Tensor Between(Tensor origin, Tensor target) => _scalings.Between(origin, target);

    /// <inheritdoc/>
    public override Tensor Hat(Tensor tangent) => _scalings.Hat(tangent);

    /// <inheritdoc/>
    public override Tensor Vee(Tensor matrix) => _scalings.Vee(matrix);

    /// <inheritdoc/>
    public override Tensor ToMatrix(Tensor element) => _scalings.ToMatrix(element);

    /// <inheritdoc/>
    public override Tensor FromMatrix(Tensor matrix) => _scalings.FromMatrix(matrix);

    /// <inheritdoc/>
    public override Tensor Act(Tensor element, Tensor point) => _scalings.Act(element, point);

    /// <inheritdoc/>
    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        _scalings.Lift(points, mask, options, draws);

    /// <inheritdoc/>
    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        _scalings.SampleStabilizer(shape, dtype, device, draws);

    /// <inheritdoc/>
    public override Tensor Distance(Tensor relative) =>
        relative.select(-1, 1).abs() * Alpha + relative.select(-1, 0).abs() * (1 - Alpha);

    /// <inheritdoc/>
    public override Tensor PairDistances(LiftedElements queries, LiftedElements support) =>
        Distance(Relative(queries.Queries(), support.Support()));
}
