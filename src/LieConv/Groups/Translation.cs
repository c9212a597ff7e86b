using LieConv.Internal;
using LieConv.Kernels.Distances;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The translations T(D) of R^D.</summary>
/// <remarks>Tangents and elements are both the D components of the translation; Exp and Log are the identity, valid
/// everywhere. A point is lifted to the translation that carries the origin to it. The matrix is the homogeneous one,
/// r = D + 1.</remarks>
public sealed class Translation : LieGroup, ISubgroupParent, IBoundedByPositions
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

    /// <inheritdoc/>
    public override Tensor Identity(ScalarType dtype, Device device) => zeros(PointDim, dtype: dtype, device: device);

    /// <inheritdoc/>
    public override Tensor Exp(Tensor tangent)
    {
        Guard.LastDimension(tangent, AlgebraDim, Name, nameof(tangent));
        return tangent.alias();
    }

    /// <inheritdoc/>
    public override Tensor Log(Tensor element)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
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
        Guard.LastDimension(tangent, AlgebraDim, Name, nameof(tangent));
        return nn.functional.pad(tangent.unsqueeze(-1), [PointDim, 0, 0, 1]);
    }

    /// <inheritdoc/>
    public override Tensor Vee(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, MatrixDim, Name, nameof(matrix));
        return Homogeneous.Translation(matrix);
    }

    /// <inheritdoc/>
    public override Tensor ToMatrix(Tensor element) =>
        Hat(element) + eye(MatrixDim, dtype: element.dtype, device: element.device);

    /// <inheritdoc/>
    public override Tensor FromMatrix(Tensor matrix) => Vee(matrix);

    /// <inheritdoc/>
    public override Tensor Act(Tensor element, Tensor point)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        Guard.LastDimension(point, PointDim, Name, nameof(point));
        return element + point;
    }

    /// <inheritdoc/>
    public override LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        Guard.Lift(points, mask, options, this);
        return new LiftedElements(points.alias(), null);
    }

    /// <inheritdoc/>
    public override Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        Identity(dtype, device).expand([.. shape, ElementDim]);

    /// <inheritdoc/>
    public override Tensor Distance(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    public override Tensor PairDistances(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Of(
            queries, support, new EuclideanKernel(0, ElementDim, Alpha),
            (u, v) => PairwiseDistances.Euclidean(u.Elements, v.Elements) * Alpha);

    /// <summary>Elements are the positions.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) => new(points.Elements, Alpha, IsDistance: true);

    /// <summary>Any coordinates form a subgroup; the others tell the orbits.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) => new CoordinateLift(this, kept, null);
}
