using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The group of one element, which leaves every point of R^D where it is: no symmetry at all.</summary>
/// <remarks>Tangents and elements have no components; every point is an orbit of its own, told by its coordinates.
/// </remarks>
public sealed class Trivial : LieGroup, IBoundedByPositions, IVectorDistances, IKnownMotions, IOrbitOrigins
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

    CoordinateMotions? IKnownMotions.KnownMotions => new([], []);

    /// <summary>Every point is its own.</summary>
    Tensor IOrbitOrigins.Origins(Tensor orbits) => orbits;

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros([0L], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) => tangent.alias();

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element) => element.alias();

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => Additive.Compose(this, left, right);

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => Additive.Inverse(this, element);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) => Additive.Between(this, origin, target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) =>
        zeros([.. tangent.shape[..^1], MatrixDim, MatrixDim], dtype: tangent.dtype, device: tangent.device);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) =>
        zeros([.. matrix.shape[..^2], 0], dtype: matrix.dtype, device: matrix.device);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) =>
        Hat(element) + eye(MatrixDim, dtype: element.dtype, device: element.device);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) =>
        point + zeros([.. element.shape[..^1], 1], dtype: point.dtype, device: point.device);

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var none = zeros([.. points.shape[..^1], 0], dtype: points.dtype, device: points.device);
        return new LiftedElements(none, points.alias());
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 0], dtype: dtype, device: device);

    /// <inheritdoc/>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(
            queries, support, new EuclideanKernel(ElementDim, OrbitDim, 1 - Alpha),
            (u, v) => PairwiseDistances.Euclidean(u.Orbits!, v.Orbits!) * Scalars.Of(1 - Alpha));

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new EuclideanKernel(ElementDim, OrbitDim, 1 - Alpha));

    /// <summary>Orbits are the positions.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) => new(points.Orbits!, 1 - Alpha, IsDistance: true);
}
