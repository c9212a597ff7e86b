using LieConv.Groups;
using LieConv.Runtime;
using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>Random lifts of points of space to the rotations about the origin.</summary>
/// <remarks>
/// <para>A point x goes to the rotations that carry e_x to its direction. One of them can be fixed for each direction,
/// but not so that it turns with the point: the choice for g x differs from g times that for x by a rotation about e_x
/// that depends on x. Where each point draws its own spin about e_x this is of no account, since a uniform spin stays
/// uniform. One spin for all points would make relative rotations depend on the orientation of the set.</para>
/// <para>What points can share is a random rotation of space, Q: a lift then carries e_y towards Q e_y. Turned with the
/// set it is as likely as before. The origin, which has no direction, is lifted to Q itself, or to one of its
/// own.</para>
/// </remarks>
internal static class CentralDraws
{
    /// <summary>Sine squared of the angle to a direction below which no way across it can be told.</summary>
    private const double Along = 1e-24;
    private const double AlongSingle = 1e-12;

    /// <summary>The lifts, shape (g, n, s, 4).</summary>
    /// <param name="points">Points, shape (g, n, 3).</param>
    /// <param name="mask">True for points, shape (g, n); null where nothing is padded.</param>
    /// <param name="options">Samples, and whether points share what is drawn.</param>
    /// <param name="draws">Source of the draws.</param>
    public static Tensor Lifts(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
        options.SharedAcrossPoints ? Shared(points, options, draws) : Single(points, mask, options, draws);

    private static Tensor Single(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var shape = StabilizerDraws.Shape(points, options);
        var spins = UnitQuaternion.AboutAxis(draws.Angles(shape, points.dtype, points.device), 0);
        var lifts = UnitQuaternion.Multiply(UnitQuaternion.FromXAxisTo(points).unsqueeze(2), spins);
        var central = AtOrigin(points);
        if (mask is not null) central = central.logical_and(mask.unsqueeze(-1));
        // Few sets have a point there, and recorded draws have none for it.
        return central.any().item<bool>()
            ? where(central.unsqueeze(-1), draws.Quaternions(shape, points.dtype, points.device), lifts)
            : lifts;
    }

    private static Tensor Shared(Tensor points, LiftOptions options, Draws draws)
    {
        var shape = StabilizerDraws.Shape(points, options);
        var turns = draws.Quaternions(shape, points.dtype, points.device);                              // (g, 1, s, 4)
        var matrices = UnitQuaternion.ToMatrix(turns);
        var central = AtOrigin(points).unsqueeze(-1);                                                   // (g, n, 1, 1)
        var u = Unit(where(central, matrices.select(-1, 0), points.unsqueeze(2)));                      // (g, n, s, 3)
        var across = Across(matrices.select(-1, 1), u);
        var least = points.dtype == ScalarType.Float64 ? Along : AlongSingle;
        var along = (across * across).sum(-1, keepdim: true).detach().lt(Scalars.Of(least));
        var v = Unit(where(along, Across(matrices.select(-1, 2), u), across));
        v = Unit(Across(v, u));                                         // once more: a short vector lost its digits
        return UnitQuaternion.FromMatrix(stack([u, v, UnitQuaternion.Cross(u, v)], -1));
    }

    private static Tensor AtOrigin(Tensor points) =>
        (points * points).sum(-1, keepdim: true).detach().lt(Scalars.Of(Polar.OriginRadius * Polar.OriginRadius));

    private static Tensor Across(Tensor vector, Tensor u) => vector - u * (vector * u).sum(-1, keepdim: true);

    private static Tensor Unit(Tensor vector) => vector / (vector * vector).sum(-1, keepdim: true).sqrt();
}
