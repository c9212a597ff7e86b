using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

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
        var angles = draws.Angles(StabilizerDraws.Shape(points, options), points.dtype, points.device);
        var lifts = UnitQuaternion.Multiply(
            UnitQuaternion.FromXAxisTo(points).unsqueeze(2), UnitQuaternion.AboutAxis(angles, 0));
        var central = AtOrigin(points);
        if (mask is not null) central = central.logical_and(mask.unsqueeze(-1));
        central = central.expand(angles.shape);                                                         // (g, n, s)
        return central.any().item<bool>() ? where(central.unsqueeze(-1), Any(angles, central), lifts) : lifts;
    }

    /// <summary>Uniform rotations for the chosen places, each from the bits of its angle: sets with a point at the origin
    /// are few, and draw no more than others.</summary>
    private static Tensor Any(Tensor angles, Tensor chosen)
    {
        using var numbers = angles.masked_select(chosen).to(ScalarType.Float64).cpu().contiguous();
        var seeds = numbers.data<double>().ToArray();
        var rotations = new double[seeds.Length * 4];
        for (var i = 0; i < seeds.Length; i++)
        {
            var random = RandomNumbers.Create(BitConverter.DoubleToUInt64Bits(seeds[i]), 0, 0);
            double Uniform() => (random.Next() >> 11) * Math.ScaleB(1, -53);
            // Shoemake, Uniform random rotations, Graphics Gems III, 1992.
            var (share, (sin1, cos1), (sin2, cos2)) =
                (Uniform(), Math.SinCos(2 * Math.PI * Uniform()), Math.SinCos(2 * Math.PI * Uniform()));
            var (a, b) = (Math.Sqrt(1 - share), Math.Sqrt(share));
            (rotations[4 * i], rotations[4 * i + 1]) = (b * cos2, a * sin1);
            (rotations[4 * i + 2], rotations[4 * i + 3]) = (a * cos1, b * sin2);
        }
        using var found = tensor(rotations, dtype: angles.dtype, device: angles.device);
        long[] shape = [.. angles.shape, 4];
        return zeros(shape, dtype: angles.dtype, device: angles.device)
            .masked_scatter(chosen.unsqueeze(-1).expand(shape), found);
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
        Polar.AtOrigin((points * points).sum(-1, keepdim: true));

    private static Tensor Across(Tensor vector, Tensor u) => vector - u * (vector * u).sum(-1, keepdim: true);

    private static Tensor Unit(Tensor vector) => vector / (vector * vector).sum(-1, keepdim: true).sqrt();
}
