namespace LieConv.Training.Tasks.Points;

/// <summary>
/// Chooses a group by the errors of networks on the same validation sets: of those that are not worse than the best beyond
/// noise, the one of the largest dimension, and of equally large ones the one with the smallest error.
/// </summary>
/// <remarks>
/// A group that the data do not have blinds its network to something that the target depends on, which costs error; one that
/// they have costs none, so that the largest that costs none is that of the data. Noise is the standard error of the mean
/// paired difference, set by set: what is hard about a set is the same for both networks. More than two of them count. The
/// same idea chooses the simplest of the models within one standard error of the best (Breiman, Friedman, Olshen and Stone,
/// Classification and Regression Trees, 1984, section 3.4.3).
/// </remarks>
internal static class DiscoveryRule
{
    /// <summary>Standard errors beyond which a difference is none of chance.</summary>
    public const double Limit = 2;

    /// <summary>Mean and standard error of paired differences.</summary>
    public static (double Mean, double Noise) Compare(IReadOnlyList<double> errors, IReadOnlyList<double> others)
    {
        if (errors.Count != others.Count || errors.Count < 2)
            throw new ArgumentException(
                $"There are {errors.Count} and {others.Count} errors; expected as many, and 2 at least.", nameof(others));
        double[] differences = [.. errors.Zip(others, (a, b) => a - b)];
        var mean = differences.Average();
        var variance = differences.Sum(own => (own - mean) * (own - mean)) / (differences.Length - 1);
        return (mean, Math.Sqrt(variance / differences.Length));
    }

    /// <summary>Whether errors are larger beyond noise.</summary>
    public static bool IsWorse(IReadOnlyList<double> errors, IReadOnlyList<double> others)
    {
        var (mean, noise) = Compare(errors, others);
        return mean > Limit * noise;
    }

    /// <summary>The place of the candidate with the smallest mean error.</summary>
    public static int Best(IReadOnlyList<DiscoveryCandidate> candidates) =>
        candidates.Index().MinBy(pair => pair.Item.Errors.Average()).Index;

    /// <summary>The place of the candidate that is recommended; null where the best is not better than a constant.</summary>
    /// <param name="candidates">One at least, with errors on the same sets.</param>
    /// <param name="constant">The errors of an answer that does not look at the set.</param>
    public static int? Choose(IReadOnlyList<DiscoveryCandidate> candidates, IReadOnlyList<double> constant)
    {
        var best = candidates[Best(candidates)];
        if (!IsWorse(constant, best.Errors)) return null;
        return candidates.Index()
            .Where(pair => !IsWorse(pair.Item.Errors, best.Errors))
            .OrderByDescending(pair => pair.Item.Dimension).ThenBy(pair => pair.Item.Errors.Average())
            .First().Index;
    }
}
