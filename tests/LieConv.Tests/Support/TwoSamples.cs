using static TorchSharp.torch;

namespace LieConv.Tests.Support;

/// <summary>The two-sample test of Kolmogorov and Smirnov.</summary>
internal static class TwoSamples
{
    /// <summary>The probability that samples of one distribution differ by as much (Numerical Recipes, 14.3:
    /// asymptotic, good to a few per cent from 20 draws on).</summary>
    /// <param name="a">Shape (n).</param>
    /// <param name="b">Shape (m).</param>
    public static double SameDistribution(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        double[] x = [.. a.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray().Order()];
        double[] y = [.. b.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray().Order()];
        var (i, j, gap) = (0, 0, 0.0);
        while (i < x.Length && j < y.Length)
        {
            var value = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= value) i++;
            while (j < y.Length && y[j] <= value) j++;
            gap = Math.Max(gap, Math.Abs((double)i / x.Length - (double)j / y.Length));
        }
        var root = Math.Sqrt((double)x.Length * y.Length / (x.Length + y.Length));
        var lambda = (root + 0.12 + 0.11 / root) * gap;
        if (lambda < 0.2) return 1;
        var series = Enumerable.Range(1, 50).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * lambda * lambda));
        return Math.Clamp(2 * series, 0, 1);
    }
}
