using LieConv.Internal;
using LieConv.Kernels.Distances;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The rotations SO(2) of the plane about the origin.</summary>
/// <remarks>
/// <para>Tangents and elements are one angle in radians, counter-clockwise; the generator is [[0, -1], [1, 0]]. Log
/// wraps to (-π, π] and is the inverse of Exp there.</para>
/// <para>A point is lifted to its azimuth; its orbit is told by its radius. Points within 1e-6 of the origin have the
/// azimuth 0, without derivative.</para>
/// </remarks>
/// <param name="alpha">Weight of the angle in the distance.</param>
public sealed class SO2(double alpha = LieGroup.DefaultAlpha) : LieGroup("SO2", 1, 1, 2, 2, 1, alpha)
{
    /// <summary>Keeps the relative difference of radii finite at the origin, where both are 0.</summary>
    private const double RadiusFloor = 1e-3;

    private static readonly AlgebraBasis Basis = AlgebraBasis.Sparse("SO2", 1, 2, (0, 0, 1, -1), (0, 1, 0, 1));

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    /// <inheritdoc/>
    public override Tensor Identity(ScalarType dtype, Device device) => zeros([1L], dtype: dtype, device: device);

    /// <inheritdoc/>
    public override Tensor Exp(Tensor tangent)
    {
        Guard.LastDimension(tangent, 1, Name, nameof(tangent));
        return tangent.alias();
    }

    /// <inheritdoc/>
    public override Tensor Log(Tensor element)
    {
        Guard.LastDimension(element, 1, Name, nameof(element));
        return Polar.Wrap(element);
    }

    /// <inheritdoc/>
    public override Tensor Compose(Tensor left, Tensor right) => Additive.Compose(this, left, right);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor element) => Additive.Inverse(this, element);

    /// <inheritdoc/>
    public override Tensor Between(Tensor origin, Tensor target) => Additive.Between(this, origin, target);

    /// <inheritdoc/>
    public override Tensor Hat(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    public override Tensor Vee(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    public override Tensor ToMatrix(Tensor element)
    {
        Guard.LastDimension(element, 1, Name, nameof(element));
        return PlaneRotation.Matrix(element.select(-1, 0));
    }

    /// <inheritdoc/>
    public override Tensor FromMatrix(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, 2, Name, nameof(matrix));
        return PlaneRotation.AngleOf(matrix).unsqueeze(-1);
    }

    /// <inheritdoc/>
    public override Tensor Act(Tensor element, Tensor point)
    {
        Guard.LastDimension(element, 1, Name, nameof(element));
        Guard.LastDimension(point, 2, Name, nameof(point));
        return PlaneRotation.Rotate(element.select(-1, 0), point);
    }

    /// <inheritdoc/>
    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        Guard.Lift(points, mask, options, this);
        var angle = Polar.Angle(points.select(-1, 0), points.select(-1, 1));
        return new LiftedElements(angle.unsqueeze(-1), Polar.Length(points).unsqueeze(-1));
    }

    /// <inheritdoc/>
    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 1], dtype: dtype, device: device);

    /// <summary>alpha · |angle| + (1 - alpha) · |r_u - r_v| / (r_u + r_v + 0.001), shape (...).</summary>
    public override Tensor Distance(Tensor relative)
    {
        Guard.LastDimension(relative, RelativeDim, Name, nameof(relative));
        var (ru, rv) = (relative.select(-1, 1), relative.select(-1, 2));
        return relative.select(-1, 0).abs() * Alpha + RadialGap(ru, rv) * (1 - Alpha);
    }

    /// <inheritdoc/>
    public override Tensor PairDistances(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Of(queries, support, new CircleKernel(Alpha, RadiusFloor), (u, v) =>
            PairwiseDistances.Angular(u.Elements.squeeze(-1), v.Elements.squeeze(-1)) * Alpha +
            RadialGap(u.Orbits!.squeeze(-1), v.Orbits!.squeeze(-1)) * (1 - Alpha));

    private static Tensor RadialGap(Tensor ru, Tensor rv) => (ru - rv).abs() / (ru + rv + RadiusFloor);
}
