namespace LieConv.Training.Conformal;

/// <summary>Prediction sets of classes: those whose probability is high enough.</summary>
/// <remarks>
/// Sets by one threshold on the probability (Sadinle, Lei and Wasserman, "Least ambiguous set-valued classifiers with
/// bounded error levels", JASA 114, 2019) are the smallest in the mean that hold the right class with the probability
/// asked for. Adaptive sets (Romano, Sesia and Candès, NeurIPS 2020) always hold the likeliest class, so that the
/// coverage of a network that is right in 98 % of all cases could not be 90 %, or are drawn at random. The price: where a
/// network is surer in most cases than was asked for, a set may be empty, which says that no class is as likely as right
/// ones usually are.
/// <para>The score is the logarithm of the odds against a class, ln((1 - p) / p). It puts candidates in the order of p and
/// does not saturate: 1 - p is 0 for all of a very sure network's predictions, and ties make sets too large.</para>
/// </remarks>
public static class ConformalClasses
{
    /// <summary>The score of a class: ln((1 - p) / p); minus infinity where it is the only one.</summary>
    /// <param name="logProbabilities">Natural logarithms of the K probabilities.</param>
    /// <param name="k">The class.</param>
    public static double Score(ReadOnlySpan<double> logProbabilities, int k)
    {
        var largest = double.NegativeInfinity;
        for (var j = 0; j < logProbabilities.Length; j++)
            if (j != k) largest = Math.Max(largest, logProbabilities[j]);
        if (double.IsNegativeInfinity(largest)) return double.NegativeInfinity;
        var sum = 0.0;
        for (var j = 0; j < logProbabilities.Length; j++)
            if (j != k) sum += Math.Exp(logProbabilities[j] - largest);
        return largest + Math.Log(sum) - logProbabilities[k];
    }

    /// <summary>The scores of the right classes.</summary>
    /// <param name="right">Classes of n examples.</param>
    /// <param name="logProbabilities">Natural logarithms of the probabilities, n rows of K.</param>
    public static double[] Scores(ReadOnlySpan<int> right, ReadOnlySpan<double> logProbabilities)
    {
        var classes = Classes(right.Length, logProbabilities.Length);
        var scores = new double[right.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Score(logProbabilities.Slice(i * classes, classes), right[i]);
        return scores;
    }

    /// <summary>The classes of a prediction set, the likeliest first.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="logProbabilities">Natural logarithms of the K probabilities.</param>
    public static int[] SetOf(ConformalThreshold threshold, ReadOnlySpan<double> logProbabilities)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        var row = logProbabilities.ToArray();
        return
        [
            .. Enumerable.Range(0, row.Length).Where(k => IsIn(threshold, row, k)).OrderByDescending(k => row[k]),
        ];
    }

    /// <summary>Measures coverage and size of the sets of examples that had no part in the threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="right">Classes of n examples.</param>
    /// <param name="logProbabilities">Natural logarithms of the probabilities, n rows of K.</param>
    /// <param name="sizes">Of points: how many each set has; empty where the examples are the sets.</param>
    public static ConformalCoverage Measure(
        ConformalThreshold threshold, ReadOnlySpan<int> right, ReadOnlySpan<double> logProbabilities,
        ReadOnlySpan<int> sizes = default)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        var classes = Classes(right.Length, logProbabilities.Length);
        var (truth, rows) = (right.ToArray(), logProbabilities.ToArray());
        return ConformalCoverage.Average(threshold.Level, truth.Length, sizes, i =>
        {
            var row = rows.AsSpan(i * classes, classes);
            var size = 0;
            for (var k = 0; k < classes; k++)
                if (IsIn(threshold, row, k)) size++;
            return (IsIn(threshold, row, truth[i]), size);
        });
    }

    /// <summary>What is not a number belongs to a set only where everything does.</summary>
    private static bool IsIn(ConformalThreshold threshold, ReadOnlySpan<double> row, int k) =>
        !threshold.IsReached || Score(row, k) <= threshold.Threshold;

    private static int Classes(int examples, int numbers) =>
        examples > 0 && numbers % examples == 0 && numbers > 0
            ? numbers / examples
            : throw new ArgumentException($"There are {numbers} probabilities for {examples} examples; expected K for each.");
}
