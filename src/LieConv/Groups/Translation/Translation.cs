using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The translations T(D) of R^D.</summary>
/// <remarks>Tangents and elements are both the D components of the translation; Exp and Log are the identity, valid
/// everywhere. A point is lifted to the translation that carries the origin to it. The matrix is the homogeneous one,
/// r = D + 1.</remarks>
public sealed class Translation : LieGroup, ISubgroupParent, IBoundedByPositions, IVectorDistances, IKnownMotions,
    IOrbitOrigins
{
    /// <summary>The translations of R^D.</summary>
    /// <param name="dimension">Dimension D, 1 or more.</param>
    /// <param name="alpha">The distance is alpha times the length of the translation.</param>
    /// <exception cref="ArgumentException">If the dimension is below 1 or alpha not in [0, 1].</exception>
    public Translation(int dimension, double alpha = DefaultAlpha)
        : base($"T{dimension}", dimension, dimension, dimension + 1, dimension, 0, alpha)
    {
        if (dimension < 1)
            throw new ArgumentException($"The dimension of T is {dimension}; expected 1 or more.", nameof(dimension));
    }

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([], [.. Enumerable.Range(0, PointDim)]);

    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.AllAt(orbits, new double[PointDim]);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros(PointDim, dtype: dtype, device: device);

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
    protected override Tensor HatCore(Tensor tangent) => nn.functional.pad(tangent.unsqueeze(-1), [PointDim, 0, 0, 1]);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Homogeneous.Translation(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) =>
        Hat(element) + eye(MatrixDim, dtype: element.dtype, device: element.device);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => element + point;

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        new LiftedElements(points.alias(), null);

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        Identity(dtype, device).expand([.. shape, ElementDim]);

    /// <inheritdoc/>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(
            queries, support, new EuclideanKernel(0, ElementDim, Alpha),
            (u, v) => PairwiseDistances.Euclidean(u.Elements, v.Elements) * Scalars.Of(Alpha));

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new EuclideanKernel(0, ElementDim, Alpha));

    /// <summary>Elements are the positions.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) => new(points.Elements, Alpha, IsDistance: true);

    /// <summary>Any coordinates form a subgroup; the others tell the orbits.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) =>
        new CoordinateLift(this, kept, null, new CoordinateMotions([], kept));
}
