namespace LieConv.Datasets.Molecules;

/// <summary>What a target's values are like; a network is trained on (y - Mean) / StandardDeviation.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Square root of the unbiased variance; NaN for a single value.</param>
/// <param name="Median">Middle value; of two middle ones the lower, as the original's.</param>
/// <param name="MedianAbsoluteDeviation">Median of the distances to <paramref name="Median"/>.</param>
public readonly record struct TargetStatistics(
    double Mean, double StandardDeviation, double Median, double MedianAbsoluteDeviation)
{
    /// <summary>Statistics of a target over some molecules, usually the training part.</summary>
    /// <param name="set">The molecules.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="indices">Places of the molecules.</param>
    /// <exception cref="ArgumentException">No molecule, or no such target.</exception>
    public static TargetStatistics Measure(MoleculeSet set, string target, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Measure(set.TargetsOf(set.TargetIndex(target), indices));
    }

    /// <summary>Statistics of values.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static TargetStatistics Measure(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("There must be at least one value.", nameof(values));
        var mean = Sum(values) / values.Length;
        var distances = new double[values.Length];
        for (var i = 0; i < values.Length; i++) distances[i] = (values[i] - mean) * (values[i] - mean);
        var deviation = Math.Sqrt(Sum(distances) / (values.Length - 1));
        var median = LowerMedian(values.ToArray());
        for (var i = 0; i < values.Length; i++) distances[i] = Math.Abs(values[i] - median);
        return new TargetStatistics(mean, deviation, median, LowerMedian(distances));
    }

    private static double LowerMedian(double[] values)
    {
        Array.Sort(values);
        return values[(values.Length - 1) / 2];
    }

    // Kahan's sum: total energies are large beside what varies in them.
    private static double Sum(ReadOnlySpan<double> values)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var next = value - lost;
            var total = sum + next;
            lost = total - sum - next;
            sum = total;
        }

        return sum;
    }
}
