using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The scalings of R^D about the origin.</summary>
/// <remarks>Tangents and elements are the natural logarithm of the scale; Exp and Log are the identity. A point is lifted to
/// the log of its radius, and its orbit is told by its direction, a unit vector. Points within a millionth of their set's
/// root mean square radius count as at that radius, which grows with the set (<see cref="RxSO2"/>). In the plane
/// <see cref="LieSubgroup.Rx"/> tells the orbit by the azimuth, as the original does.</remarks>
/// <param name="dimension">Dimension D, 1 or more.</param>
/// <param name="alpha">Weight of the logarithm in the distance; the rest is that of the directions.</param>
internal sealed class Scalings(int dimension, double alpha = LieGroup.DefaultAlpha)
    : LieGroup(FormattableString.Invariant($"Rx{dimension}"), 1, 1, AtLeastOne(dimension), dimension, dimension, alpha),
        IKnownMotions, IOrbitOrigins
{
    private readonly AlgebraBasis _basis = AlgebraBasis.Sparse(
        "Rx", 1, dimension, [.. Enumerable.Range(0, dimension).Select(i => (0, i, i, 1.0))]);

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    CoordinateMotions? IKnownMotions.KnownMotions => new([], [], Scaled: true);

    /// <summary>Orbits are told by their points.</summary>
    Tensor IOrbitOrigins.Origins(Tensor orbits) => orbits;

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) => zeros([1L], dtype: dtype, device: device);

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
    protected override Tensor HatCore(Tensor tangent) => _basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => _basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) =>
        element.exp().unsqueeze(-1) * eye(MatrixDim, dtype: element.dtype, device: element.device);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) =>
        (linalg.det(matrix).log() / Scalars.Of(MatrixDim)).unsqueeze(-1);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => point * element.exp();

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (logRadii, _) = Azimuths.LogRadii(points.square().sum(-1), mask);
        logRadii = logRadii.unsqueeze(-1);                                                       // (g, n, 1)
        return new LiftedElements(logRadii, points / logRadii.exp());
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 1], dtype: dtype, device: device);

    /// <summary>alpha · |log| + (1 - alpha) · |q_u - q_v|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.FromRelative(this, queries, support);

    private static int AtLeastOne(int dimension) => dimension >= 1
        ? dimension
        : throw new ArgumentException($"The dimension of Rx is {dimension}; expected 1 or more.", nameof(dimension));
}
