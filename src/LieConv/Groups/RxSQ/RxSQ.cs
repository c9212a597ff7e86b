using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The scalings and squeezes R* × SQ of the open positive quadrant: log-hyperbolic convolution.</summary>
/// <remarks>
/// <para>Tangents and elements are (log r, s), the matrix is diag(r eˢ, r e⁻ˢ); Exp and Log are the identity, valid
/// everywhere.</para>
/// <para>A point (x, y) is lifted to ((log x + log y) / 2, (log x - log y) / 2), which carries (1, 1) to it.
/// Coordinates below 1e-6 count as 1e-6, without derivative.</para>
/// </remarks>
/// <param name="alpha">Weight of the squeeze in the distance.</param>
public sealed class RxSQ(double alpha = LieGroup.DefaultAlpha)
    : LieGroup("RxSQ", 2, 2, 2, 2, 0, alpha), ISubgroupParent, IOwnDomain, IOrbitOrigins
{
    private static readonly AlgebraBasis Basis =
        AlgebraBasis.Sparse("RxSQ", 2, 2, (0, 0, 0, 1), (0, 1, 1, 1), (1, 0, 0, 1), (1, 1, 1, -1));

    /// <inheritdoc/>
    public override bool HasStabilizer => false;

    /// <inheritdoc/>
    public override bool HasFrames => true;

    Tensor IOrbitOrigins.Origins(Tensor orbits) => OrbitOrigins.AllAt(orbits, 1, 1);

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        zeros([2L], dtype: dtype, device: device);

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
    protected override Tensor HatCore(Tensor tangent) => Basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => Basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) => Scales(element).diag_embed();

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) =>
        HalfSums(matrix.select(-2, 0).select(-1, 0).log(), matrix.select(-2, 1).select(-1, 1).log());

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => Scales(element) * point;

    /// <inheritdoc/>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var logs = points.clamp_min(Scalars.Of(Polar.OriginRadius)).log();
        return new LiftedElements(HalfSums(logs.select(-1, 0), logs.select(-1, 1)), null);
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        zeros([.. shape, 2], dtype: dtype, device: device);

    /// <summary>Any numbers as logarithms of the coordinates: the positive quadrant.</summary>
    Tensor IOwnDomain.FromNumbers(Tensor numbers) => numbers.exp();

    /// <summary>alpha · |s| + (1 - alpha) · |log r|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) =>
        relative.select(-1, 1).abs() * Scalars.Of(Alpha) + relative.select(-1, 0).abs() * Scalars.Of(1 - Alpha);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.FromRelative(this, queries, support);

    /// <summary>Scalings (0) with the squeeze as orbit, squeezes (1) with the log of the scale as orbit.</summary>
    SubgroupLift ISubgroupParent.SubgroupLift(IReadOnlyList<int> kept) => new CoordinateLift(this, kept, null, null);

    private static Tensor Scales(Tensor element)
    {
        var (scale, squeeze) = (element.select(-1, 0), element.select(-1, 1));
        return stack([scale + squeeze, scale - squeeze], -1).exp();
    }

    private static Tensor HalfSums(Tensor x, Tensor y) => stack([(x + y) / Scalars.Of(2), (x - y) / Scalars.Of(2)], -1);
}
