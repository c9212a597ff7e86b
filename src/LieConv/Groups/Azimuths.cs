using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The angles of points about the origin of the plane or an axis of space.</summary>
/// <remarks>
/// <para>A point at the centre has no azimuth: every rotation fixes it, so that its lifts are all of the rotations. A
/// fixed one of them does not turn with the others of the set, whatever it is. One that is drawn uniformly turns into
/// one that is as likely, independently of where the set lies, and so does one that all central points of an item share:
/// drawn lifts are equivariant in distribution. Sets without such a point draw nothing.</para>
/// <para>Framed lifts draw nothing, and networks with frames read no azimuths (docs/maths.md, Weighted
/// frames).</para>
/// </remarks>
internal static class Azimuths
{
    /// <summary>Squared radii that count as this where scales matter, so that a set of coincident points has a scale.
    /// The inverse square of a millionth of it is a second derivative, which single precision holds.</summary>
    private const double LeastSquared = 1e-60;
    private const double LeastSquaredSingle = 1e-6;

    /// <summary>Azimuths in (-π, π], shape (g, n); without derivatives at the centre.</summary>
    /// <param name="x">First coordinates (g, n).</param>
    /// <param name="y">Second coordinates (g, n).</param>
    /// <param name="central">Which points lie at the centre (g, n).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    /// <param name="options">Whether central points draw their angles, and share them.</param>
    /// <param name="draws">Source of the angles of central points.</param>
    public static Tensor Compute(Tensor x, Tensor y, Tensor central, Tensor? mask, LiftOptions options, Draws draws)
    {
        var angles = Polar.Angle(x, y, central);
        if (options.Framed || options.OriginalSteps) return angles;
        var drawn = mask is null ? central : central.logical_and(mask);
        if (!drawn.any().item<bool>()) return angles;
        var (g, n) = (x.shape[0], options.SharedAcrossPoints ? 1 : x.shape[1]);
        return where(drawn, Polar.Wrap(draws.Angles([g, n], x.dtype, x.device)), angles);
    }

    /// <summary>Which points lie within 1e-6 of the centre, shape (g, n).</summary>
    public static Tensor AtCentre(Tensor x, Tensor y) => Polar.AtOrigin(x * x + y * y);

    /// <summary>Logs of the radii, and which points lie at the centre, both (g, n): within a millionth of the root mean
    /// square radius of their set, for which they count. So they grow with the set, which a fixed radius would
    /// not.</summary>
    /// <param name="x">First coordinates (g, n).</param>
    /// <param name="y">Second coordinates (g, n).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    public static (Tensor LogRadii, Tensor Central) Scaled(Tensor x, Tensor y, Tensor? mask) =>
        LogRadii(x * x + y * y, mask);

    /// <summary>The same of squared radii (g, n) in any dimension.</summary>
    public static (Tensor LogRadii, Tensor Central) LogRadii(Tensor squared, Tensor? mask)
    {
        var mean = mask is null
            ? squared.mean([1L], keepdim: true)
            : squared.masked_fill(mask.logical_not(), Scalars.Of(0)).sum(1, keepdim: true)
                / mask.sum(1, keepdim: true).clamp_min(Scalars.Of(1));
        var least = squared.dtype == ScalarType.Float64 ? LeastSquared : LeastSquaredSingle;
        var floor = mean.clamp_min(Scalars.Of(least)) * Scalars.Of(Polar.OriginRadius * Polar.OriginRadius); // (g, 1)
        var central = squared.detach().lt(floor.detach());
        return (where(central, floor, squared).log() / Scalars.Of(2), central);
    }
}
