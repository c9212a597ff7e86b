using LieConv.Lifting;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Sets that move along a path on which vectors of their sizes pass through 0, at t = 0 or near it, while that
/// of their values does not.</summary>
internal static class FramePaths
{
    public static TheoryData<string> Names => ["triangle", "kite", "rings"];

    public static Func<double, double, int, PointSet> Named(string name) => name switch
    {
        "triangle" => Triangle,
        "kite" => Kite,
        _ => Rings,
    };

    /// <summary>Isosceles triangles, equilateral at t = 0. There all sizes are alike.</summary>
    /// <param name="first">The first t.</param>
    /// <param name="last">The last t.</param>
    /// <param name="steps">Sets, b of them.</param>
    public static PointSet Triangle(double first, double last, int steps)
    {
        var t = linspace(first, last, steps, dtype: ScalarType.Float64);
        var (one, height) = (ones_like(t), Math.Sqrt(0.75) + t);
        return Set(
            stack([one, -one / 2, -one / 2], 1),
            stack([zeros_like(t), height, -height], 1));
    }

    /// <summary>Two pairs mirrored by the x axis and a point on it, where the sizes stay different.</summary>
    /// <inheritdoc cref="Triangle"/>
    public static PointSet Kite(double first, double last, int steps)
    {
        var t = linspace(first, last, steps, dtype: ScalarType.Float64);
        var one = ones_like(t);
        return Set(
            stack([20 * t, one * -0.7, one * -0.7, one / 2, one / 2], 1),
            stack([zeros_like(t), one * 1.1, one * -1.1, one * 0.6, one * -0.6], 1));
    }

    /// <summary>Two threefold rings about the z axis and a point on it: both size vectors lie along the axis.</summary>
    /// <inheritdoc cref="Triangle"/>
    public static PointSet Rings(double first, double last, int steps)
    {
        var t = linspace(first, last, steps, dtype: ScalarType.Float64).unsqueeze(1);
        var turn = arange(3, dtype: ScalarType.Float64) * (2 * Math.PI / 3);
        var x = cat([turn.cos(), (turn + 0.4).cos() * 0.6, zeros(1, dtype: ScalarType.Float64)]);
        var y = cat([turn.sin(), (turn + 0.4).sin() * 0.6, zeros(1, dtype: ScalarType.Float64)]);
        var ring = ones_like(t).expand(steps, 3);
        return Set(x.expand(steps, 7), y.expand(steps, 7), cat([ring * 0, ring * 0.7, 20 * t], 1));
    }

    /// <summary>Sets with two values a point, of which none follows from the places.</summary>
    private static PointSet Set(params Tensor[] axes)
    {
        var n = axes[0].shape[1];
        var place = arange(n, dtype: ScalarType.Float64);
        var values = stack([(place * 2.1).cos(), place], -1);
        return new PointSet(stack(axes, -1), values.expand(axes[0].shape[0], n, 2));
    }
}
