using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Directions and frames that turn with a point set (docs/maths.md, Framed lift).</summary>
/// <remarks>
/// Two vectors are formed for each point, from the way to the other points, or for each item, from the way of the
/// points from their mean. Each is a sum Σ w(s) a over arms a in units of the set's root mean square radius, with
/// smooth positive weights w of s = |a|², divided by its Cauchy-Schwarz bound; its length is thus at most 1 and tells
/// how far the terms cancel. Below <see cref="Cancelled"/> it has no direction, and a fixed rule takes its place.
/// Choices between vectors are made on numbers that the group leaves as they are, so that they turn with the set, too.
/// Local frames hold all arms at once: memory for g n² D numbers.
/// </remarks>
internal static class Frames
{
    private const double Cancelled = 1e-6;
    private const double CancelledSingle = 1e-4;

    /// <summary>Angles for the s lifts of each point of the plane, in (-π, π], shape (g, n, s): equal steps around the
    /// circle from the angle of its frame.</summary>
    /// <param name="points">Points, shape (g, n, 2).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    /// <param name="options">Samples, and whether a frame belongs to a point or to an item.</param>
    /// <param name="draws">May turn the frames.</param>
    public static Tensor CircleLifts(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (first, second) = Vectors(points, mask, options.SharedAcrossPoints, aboutMean: true);
        var axis = tensor([1.0, 0], dtype: points.dtype, device: points.device);
        var direction = FirstDefined(first, second, axis);                                     // (g, n or 1, 2)
        var angles = direction.narrow(-1, 1, 1).atan2(direction.narrow(-1, 0, 1));
        return Polar.Wrap(angles + Steps(points, options, draws)).expand(points.shape[0], points.shape[1], options.Samples);
    }

    /// <summary>The frames' rotations for the s lifts of each point of space, shape (g, n or 1, s, 4): equal steps
    /// about the first axis of the frame.</summary>
    /// <param name="points">Points, shape (g, n, 3).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    /// <param name="options">Samples, and whether a frame belongs to a point or to an item.</param>
    /// <param name="draws">May turn the frames.</param>
    public static Tensor Rotations(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (first, second) = Vectors(points, mask, options.SharedAcrossPoints, aboutMean: true);
        var u = Unit(FirstDefined(first, second, XAxis(points)));
        return Turned(Complete(u, Across(second, u), Across(second, u)), options, draws);
    }

    /// <summary>For the s lifts of each point of space, shape (g, n, s, 4): rotations of e_x to its direction that
    /// carry e_y towards its frame's vector, and equal steps about the direction.</summary>
    /// <param name="points">Points, shape (g, n, 3).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    /// <param name="options">Samples, and whether a frame belongs to a point or to an item.</param>
    /// <param name="draws">May turn the frames.</param>
    public static Tensor CentralRotations(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var (first, second) = Vectors(points, mask, options.SharedAcrossPoints, aboutMean: false);
        var central = Polar.AtOrigin((points * points).sum(-1, keepdim: true));
        var u = Unit(where(central, XAxis(points), points));
        return Turned(Complete(u, Across(first, u), Across(second, u)), options, draws);
    }

    /// <summary>The frame's two vectors, of length at most 1, shape (g, n or 1, D).</summary>
    private static (Tensor First, Tensor Second) Vectors(Tensor points, Tensor? mask, bool shared, bool aboutMean)
    {
        var valid = mask is null ? ones_like(points.narrow(-1, 0, 1)) : mask.unsqueeze(-1).to(points.dtype);
        if (mask is not null) points =
            points.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));      // NaN there, too
        var rounding = 16 * finfo(points.dtype).eps;
        var count = valid.sum(1, keepdim: true).clamp_min(Scalars.Of(1));
        var arms = aboutMean ? (points - points.sum(1, keepdim: true) / count) * valid : points;      // (g, n, D)
        var spread = (arms * arms).sum(-1, keepdim: true).sum(1, keepdim: true) / count;              // (g, 1, 1)
        var extent = (points * points).sum(-1, keepdim: true).sum(1, keepdim: true).detach() / count;
        var least =
            (extent * Scalars.Of(rounding * rounding)).clamp_min(Scalars.Of(Polar.OriginRadius * Polar.OriginRadius));
        var coincident = spread.detach() <= least;
        var radius = where(coincident, ones_like(spread), spread).sqrt();
        arms = shared ? arms.unsqueeze(1) : points.unsqueeze(1) - points.unsqueeze(2);
        arms = where(coincident, zeros_like(spread), valid / radius).unsqueeze(1) * arms;        // (g, n or 1, n, D)
        var s = (arms * arms).sum(-1, keepdim: true);
        var near = Scalars.Of(1) / (Scalars.Of(1) + s);
        if (shared) return (Sum(s, arms), Sum(s * near, arms));
        near = near * near * valid.unsqueeze(1);
        return (Sum(near, arms), Sum(s * near, arms));
    }

    /// <summary>Σ w a over its Cauchy-Schwarz bound, which is a number and thus leaves the direction's derivatives as
    /// they are.</summary>
    private static Tensor Sum(Tensor weights, Tensor arms)
    {
        var bound = (weights.sum(-2) * (weights * arms * arms).sum(-1, keepdim: true).sum(-2)).detach().sqrt();
        return (weights * arms).sum(-2) / where(bound > Scalars.Of(0), bound, ones_like(bound));
    }

    /// <summary>A right-handed frame as unit quaternion: e_x goes to u, and e_y to the first candidate across u that
    /// has a direction, or towards the coordinate axis least along u.</summary>
    private static Tensor Complete(Tensor u, Tensor candidate, Tensor next)
    {
        var axis = nn.functional.one_hot(u.detach().abs().argmin(-1), 3).to(u.dtype);
        var v = Unit(FirstDefined(candidate, next, Across(axis, u)));
        v = Unit(Across(v, u));                                     // once more: a short candidate lost its digits
        var (first, second) = (u.expand(v.shape), v);
        return UnitQuaternion.FromMatrix(stack([first, second, UnitQuaternion.Cross(first, second)], -1));
    }

    /// <summary>The rotations (g, n or 1, 4) times equal steps about e_x, shape (g, n or 1, s, 4).</summary>
    private static Tensor Turned(Tensor rotations, LiftOptions options, Draws draws) =>
        options.Samples == 1 && draws is not TurnedFrames
            ? rotations.unsqueeze(2)
            : UnitQuaternion.Multiply(
                rotations.unsqueeze(2), UnitQuaternion.AboutAxis(Steps(rotations, options, draws), 0));

    /// <summary>Equal steps around the circle from 0, or from the turn of each item, shape (s) or (g, 1, s). An even
    /// number is one short of the circle: a full one would lay opposite samples half a turn apart, where the logarithm
    /// jumps and rounding would decide.</summary>
    private static Tensor Steps(Tensor like, LiftOptions options, Draws draws)
    {
        var steps = arange(Scalars.Of(options.Samples), dtype: like.dtype, device: like.device)
            * Scalars.Of(2 * Math.PI / (options.Samples | 1));
        return draws is TurnedFrames turned ? turned.TurnAngles.to(like.dtype, like.device).view(-1, 1, 1) + steps : steps;
    }

    /// <summary>The first vector that has a direction, or the fallback.</summary>
    private static Tensor FirstDefined(Tensor first, Tensor second, Tensor fallback) =>
        where(HasDirection(first), first, where(HasDirection(second), second, fallback));

    private static Tensor HasDirection(Tensor vector)
    {
        var least = vector.dtype == ScalarType.Float64 ? Cancelled : CancelledSingle;
        return (vector * vector).sum(-1, keepdim: true).detach() >= Scalars.Of(least * least);
    }

    private static Tensor Across(Tensor vector, Tensor u) => vector - u * (vector * u).sum(-1, keepdim: true);

    private static Tensor Unit(Tensor vector) => vector / (vector * vector).sum(-1, keepdim: true).sqrt();

    private static Tensor XAxis(Tensor like) => tensor([1.0, 0, 0], dtype: like.dtype, device: like.device);
}
