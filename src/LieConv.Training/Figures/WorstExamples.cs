namespace LieConv.Training.Figures;

/// <summary>Which examples a network does worst, the worst first; of equally bad ones the first. What is not a number is
/// worst of all.</summary>
public static class WorstExamples
{
    /// <summary>The wrongly classified, those with the surest predictions first.</summary>
    /// <param name="right">Classes of n examples.</param>
    /// <param name="logProbabilities">Natural logarithms of the predicted probabilities, n rows of K.</param>
    /// <param name="classes">K.</param>
    /// <param name="most">How many at most.</param>
    public static int[] OfClasses(
        ReadOnlySpan<int> right, ReadOnlySpan<double> logProbabilities, int classes, int most)
    {
        var wrong = new List<(int Example, double Confidence)>();
        for (var i = 0; i < right.Length; i++)
        {
            var row = logProbabilities.Slice(i * classes, classes);
            var predicted = ClassTally.Largest(row);
            if (predicted != right[i]) wrong.Add((i, Rank(row[predicted])));
        }
        return [.. wrong.OrderByDescending(pair => pair.Confidence).Take(most).Select(pair => pair.Example)];
    }

    /// <summary>Those with the largest absolute errors.</summary>
    /// <param name="predicted">n numbers.</param>
    /// <param name="truth">n numbers.</param>
    /// <param name="most">How many at most.</param>
    public static int[] OfNumbers(ReadOnlySpan<double> predicted, ReadOnlySpan<double> truth, int most)
    {
        var errors = new double[truth.Length];
        for (var i = 0; i < errors.Length; i++) errors[i] = Math.Abs(predicted[i] - truth[i]);
        return Largest(errors, most);
    }

    /// <summary>The sets whose points have the largest errors in the mean.</summary>
    /// <param name="errors">An error of each point, set by set: an absolute one, or 1 for a wrong class and 0.</param>
    /// <param name="sizes">Points of each set.</param>
    /// <param name="most">How many at most.</param>
    public static int[] OfPoints(ReadOnlySpan<double> errors, ReadOnlySpan<int> sizes, int most)
    {
        var (means, place) = (new double[sizes.Length], 0);
        for (var set = 0; set < sizes.Length; set++)
            for (var end = place + sizes[set]; place < end; place++) means[set] += errors[place] / sizes[set];
        return Largest(means, most);
    }

    private static int[] Largest(double[] errors, int most) =>
        [.. Enumerable.Range(0, errors.Length).OrderByDescending(i => Rank(errors[i])).Take(most)];

    private static double Rank(double number) => double.IsNaN(number) ? double.PositiveInfinity : number;
}
