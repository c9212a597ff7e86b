namespace LieConv.Training.Conformal;

/// <summary>Intervals of numbers: the prediction plus and minus one length, that of absolute errors.</summary>
/// <remarks>Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-free predictive inference for regression", JASA
/// 113, 2018, algorithm 2. Of several targets each has its own threshold and is covered at the level; that all are covered
/// at once is less likely.</remarks>
public static class ConformalIntervals
{
    /// <summary>The scores of true values: absolute errors in the target's unit.</summary>
    /// <param name="predicted">n numbers.</param>
    /// <param name="truth">n numbers.</param>
    public static double[] Scores(ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth)
    {
        Check(predicted, truth);
        var scores = new double[truth.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = Math.Abs(predicted[i] - truth[i]);
        return scores;
    }

    /// <summary>The ends of an interval, in the target's unit.</summary>
    /// <param name="threshold">The threshold of the target.</param>
    /// <param name="predicted">The prediction.</param>
    public static (double Low, double High) IntervalOf(ConformalThreshold threshold, double predicted)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        return (predicted - threshold.Threshold, predicted + threshold.Threshold);
    }

    /// <summary>Measures coverage and length of the intervals of examples that had no part in the threshold.</summary>
    /// <param name="threshold">The threshold of the target.</param>
    /// <param name="predicted">n numbers.</param>
    /// <param name="truth">n numbers.</param>
    /// <param name="sizes">Of points: how many each set has; empty where the examples are the sets.</param>
    public static ConformalCoverage Measure(
        ConformalThreshold threshold, ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth,
        ReadOnlySpan<int> sizes = default)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        var scores = Scores(predicted, truth);
        var coverage = ConformalCoverage.Average(
            threshold.Level, scores.Length, sizes, i => (scores[i] <= threshold.Threshold, 2 * threshold.Threshold));
        return coverage with { Empty = null };
    }

    private static void Check(ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth)
    {
        if (predicted.Length != truth.Length || truth.Length == 0)
            throw new ArgumentException(
                $"There are {predicted.Length} predictions for {truth.Length} true values; expected as many, at least one.");
    }
}
