using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>How the samples of the points' stabilizers are drawn when points are lifted.</summary>
internal static class StabilizerDraws
{
    /// <summary>Angles for the s lifts of each point, in (-π, π], shape (g, n, s): equal steps around the circle from
    /// one random angle a point (or, if shared, one for all points of an item).</summary>
    public static Tensor CircleLifts(Tensor points, LiftOptions options, Draws draws)
    {
        var (g, n) = (points.shape[0], points.shape[1]);
        var offsets = draws.Angles([g, options.SharedAcrossPoints ? 1 : n, 1], points.dtype, points.device);
        return Polar.Wrap(offsets + Steps(points, options)).expand(g, n, options.Samples);
    }

    /// <summary>Steps from the random angle, shape (s). An even number is one short of the circle, unless the
    /// original's are wanted: a full one would lay opposite samples half a turn apart, where the logarithm
    /// jumps.</summary>
    private static Tensor Steps(Tensor like, LiftOptions options)
    {
        var samples = options.Samples;
        return samples % 2 == 1 || options.OriginalSteps
            ? linspace(-Math.PI, Math.PI, samples + 1, dtype: like.dtype, device: like.device).narrow(0, 1, samples)
            : arange(Scalars.Of(samples), dtype: like.dtype, device: like.device) *
                Scalars.Of(2 * Math.PI / (samples + 1));
    }

    /// <summary>The leading shape (g, n or 1, s) of the draws of independent samples.</summary>
    public static long[] Shape(Tensor points, LiftOptions options) =>
        [points.shape[0], options.SharedAcrossPoints ? 1 : points.shape[1], options.Samples];
}
