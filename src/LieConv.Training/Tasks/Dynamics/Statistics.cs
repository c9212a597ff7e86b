using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Means and quantiles over systems, of float64 tensors (t, b).</summary>
internal static class Statistics
{
    /// <summary>Geometric means over the systems, one a time, of what is not exactly 0; 0 where all are.</summary>
    public static double[] GeometricMeans(Tensor values)
    {
        using var scope = NewDisposeScope();
        var zero = values == Scalars.Of(0);
        var logarithms =
            values.masked_fill(zero, Scalars.Of(1)).log().sum(1) / zero.logical_not().sum(1).clamp(min: Scalars.Of(1));
        return Numbers(logarithms.exp().masked_fill(zero.all(1), Scalars.Of(0)));
    }

    /// <summary>The geometric mean of all that is not exactly 0.</summary>
    public static double GeometricMean(Tensor values)
    {
        using var scope = NewDisposeScope();
        return GeometricMeans(values.reshape(1, -1))[0];
    }

    /// <summary>A quantile over the systems, one a time. What is not a number counts as infinite.</summary>
    public static double[] Quantiles(Tensor values, double quantile)
    {
        using var scope = NewDisposeScope();
        var (sorted, _) = values.masked_fill(values.isnan(), Scalars.Of(double.PositiveInfinity)).sort(1);
        var position = quantile * (values.shape[1] - 1);
        var (low, high) = ((long)Math.Floor(position), (long)Math.Ceiling(position));
        var (below, above) = (Numbers(sorted.select(1, low)), Numbers(sorted.select(1, high)));
        return [.. below.Zip(above, (a, b) => a == b ? a : a + (position - low) * (b - a))];
    }

    /// <summary>The drift of values that should stay 0.</summary>
    public static Drift DriftOf(Tensor values)
    {
        using var scope = NewDisposeScope();
        return new Drift(Quantiles(values, 0.5)[^1], values.max().item<double>());
    }

    /// <summary>The numbers of a float64 tensor.</summary>
    public static double[] Numbers(Tensor values)
    {
        using var plain = values.cpu().contiguous();
        return plain.data<double>().ToArray();
    }
}
