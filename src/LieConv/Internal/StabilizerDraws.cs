using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>How the samples of the points' stabilizers are drawn when points are lifted.</summary>
internal static class StabilizerDraws
{
    /// <summary>Angles for the s lifts of each point, in (-π, π], shape (g, n, s): s equal steps around the circle from
    /// one random angle a point (or, if shared, one for all points of an item).</summary>
    public static Tensor CircleLifts(Tensor points, LiftOptions options, Draws draws)
    {
        var (g, n) = (points.shape[0], points.shape[1]);
        var offsets = draws.Angles([g, options.SharedAcrossPoints ? 1 : n, 1], points.dtype, points.device);
        var steps = linspace(-Math.PI, Math.PI, options.Samples + 1, dtype: points.dtype, device: points.device)
            .narrow(0, 1, options.Samples);
        return Polar.Wrap(offsets + steps).expand(g, n, options.Samples);
    }

    /// <summary>The leading shape (g, n or 1, s) of the draws of independent samples.</summary>
    public static long[] Shape(Tensor points, LiftOptions options) =>
        [points.shape[0], options.SharedAcrossPoints ? 1 : points.shape[1], options.Samples];
}
