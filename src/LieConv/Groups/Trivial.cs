using LieConv.Internal;
using LieConv.Kernels.Distances;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The group of one element, which leaves every point of R^D where it is: no symmetry at all.</summary>
/// <remarks>Tangents and elements have no components; every point is an orbit of its own, told by its coordinates.
/// </remarks>
public sealed class Trivial : LieGroup, IBoundedByPositions
{
    /// <summary>The trivial group on R^D.</summary>
    /// <param name="dimension">Dimension D, 1 or more.</param>
    /// <param name="alpha">The distance is 1 - alpha times the distance of the points.</param>
    /// <exception cref="ArgumentException">If the dimension is below 1 or alpha not in [0, 1].</exception>
    public Trivial(int dimension, double alpha = DefaultAlpha)
        : base($"Trivial{dimension}", 0, 0, dimension, dimension, dimension, alpha)
    {
        if (dimension < 1)
            throw new ArgumentException(
                $"The dimension of Trivial is {dimension}; expected 1 or more.", nameof(dimension));
    }

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    /// <inheritdoc/>
    public override Tensor Identity(ScalarType dtype, Device device) => zeros([0L], dtype: dtype, device: device);

    /// <inheritdoc/>
    public override Tensor Exp(Tensor tangent)
    {
        Guard.LastDimension(tangent, 0, Name, nameof(tangent));
        return tangent.alias();
    }

    /// <inheritdoc/>
    public override Tensor Log(Tensor element)
    {
        Guard.LastDimension(element, 0, Name, nameof(element));
        return element.alias();
    }

    /// <inheritdoc/>
    public override Tensor Compose(Tensor left, Tensor right) => Additive.Compose(this, left, right);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor element) => Additive.Inverse(this, element);

    /// <inheritdoc/>
    public override Tensor Between(Tensor origin, Tensor target) => Additive.Between(this, origin, target);

    /// <inheritdoc/>
    public override Tensor Hat(Tensor tangent)
    {
        Guard.LastDimension(tangent, 0, Name, nameof(tangent));
        return zeros([.. tangent.shape[..^1], MatrixDim, MatrixDim], dtype: tangent.dtype, device: tangent.device);
    }

    /// <inheritdoc/>
    public override Tensor Vee(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, MatrixDim, Name, nameof(matrix));
        return zeros([.. matrix.shape[..^2], 0], dtype: matrix.dtype, device: matrix.device);
    }

    /// <inheritdoc/>
    public override Tensor ToMatrix(Tensor element) =>
        Hat(element) + eye(MatrixDim, dtype: element.dtype, device: element.device);

    /// <inheritdoc/>
    public override Tensor FromMatrix(Tensor matrix) => Vee(matrix);

    /// <inheritdoc/>
    public override Tensor Act(Tensor element, Tensor point)
    {
        Guard.LastDimension(element, 0, Name, nameof(element));
        Guard.LastDimension(point, PointDim, Name, nameof(point));
        return point + zeros([.. element.shape[..^1], 1], dtype: point.dtype, device: point.device);
    }

    /// <inheritdoc/>
    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        Guard.Lift(points, mask, options, this);
        var none = zeros([.. points.shape[..^1], 0], dtype: points.dtype, device: points.device);
        return new LiftedElements(none, points.alias());
    }

    /// <inheritdoc/>
    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 0], dtype: dtype, device: device);

    /// <inheritdoc/>
    public override Tensor Distance(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    public override Tensor PairDistances(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Of(
            queries, support, new EuclideanKernel(ElementDim, OrbitDim, 1 - Alpha),
            (u, v) => PairwiseDistances.Euclidean(u.Orbits!, v.Orbits!) * (1 - Alpha));

    /// <summary>Orbits are the positions.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) => new(points.Orbits!, 1 - Alpha, IsDistance: true);
}
