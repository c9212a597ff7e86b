namespace LieConv.Training.Conformal;

/// <summary>What became of a promised coverage on examples that had no part in it.</summary>
/// <param name="Level">The coverage asked for, a fraction.</param>
/// <param name="Coverage">The fraction of true values that belong to their predictions. Of points: the mean over the sets
/// of the fraction of each, since that is what was promised.</param>
/// <param name="MeanSize">Classes of a prediction set, or the length of an interval in the target's unit, in the mean over
/// the same; infinite where intervals are.</param>
/// <param name="Empty">The fraction of prediction sets that hold no class; null for intervals.</param>
/// <param name="Sets">Sets that it was measured on.</param>
public sealed record ConformalCoverage(double Level, double Coverage, double MeanSize, double? Empty, int Sets)
{
    /// <summary>The figures by name: coverage and coverage.level as fractions, coverage.size where it is finite, and for
    /// classes coverage.empty.</summary>
    /// <param name="prefix">What stands before each name, such as "label."; empty for nothing.</param>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        var metrics = new Dictionary<string, double>
        {
            [prefix + "coverage"] = Coverage, [prefix + "coverage.level"] = Level,
        };
        if (double.IsFinite(MeanSize)) metrics[prefix + "coverage.size"] = MeanSize;
        if (Empty is { } empty) metrics[prefix + "coverage.empty"] = empty;
        return metrics;
    }

    /// <summary>The means over sets of what each of their points gives.</summary>
    internal static ConformalCoverage Average(
        double level, int points, ReadOnlySpan<int> sizes, Func<int, (bool IsCovered, double Size)> point)
    {
        var (covered, size, empty, place) = (0.0, 0.0, 0.0, 0);
        var sets = sizes.IsEmpty ? points : sizes.Length;
        for (var set = 0; set < sets; set++)
        {
            var own = sizes.IsEmpty ? 1 : sizes[set];
            for (var end = place + own; place < end; place++)
            {
                var (isCovered, length) = point(place);
                if (isCovered) covered += 1.0 / own;
                if (length == 0) empty += 1.0 / own;
                size += length / own;
            }
        }
        return new ConformalCoverage(level, covered / sets, size / sets, empty / sets, sets);
    }
}
