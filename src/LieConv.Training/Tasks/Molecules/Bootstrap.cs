using LieConv.Randomness;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>An interval for a mean by the percentile bootstrap (Efron and Tibshirani 1993, chapter 13).</summary>
internal static class Bootstrap
{
    private const int Resamples = 1000;
    private const double Tail = 0.025;

    /// <summary>The 95 % interval of the mean; the same for the same values.</summary>
    public static (double Low, double High) MeanInterval(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return (double.NaN, double.NaN);
        var (means, state) = (new double[Resamples], 0UL);
        for (var r = 0; r < Resamples; r++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Count; i++)
            {
                state += SplitMix64.Increment;
                sum += values[(int)Math.BigMul(SplitMix64.Mix(state), (ulong)values.Count, out _)];
            }
            means[r] = sum / values.Count;
        }
        Array.Sort(means);
        return (means[(int)(Tail * Resamples)], means[(int)((1 - Tail) * Resamples) - 1]);
    }
}
