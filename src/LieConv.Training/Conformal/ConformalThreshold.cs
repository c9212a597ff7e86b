using System.Globalization;

namespace LieConv.Training.Conformal;

/// <summary>
/// Split-conformal prediction: the largest score of a candidate that still belongs to a prediction, from the scores of
/// true values that the network has not learnt from. A new set's true value then belongs to its prediction with at least
/// the probability asked for, whatever the network and the data are, if that set and those of the calibration could as
/// well have come in any other order.
/// </summary>
/// <remarks>
/// Of one score a set it is the ceil((n + 1) level)-th smallest of n (Vovk, Gammerman and Shafer, "Algorithmic learning
/// in a random world", 2005; Lei et al., JASA 113, 2018, theorem 2.2). The points of a set depend on each other, and only
/// sets can be exchanged: there each point of set k counts 1 / ((K + 1) n_k), and the set to come 1 / (K + 1) at infinity
/// (Lee, Barber and Willett, "Distribution-free inference with hierarchical data", 2023, HCP). What is promised then is
/// the mean over new sets of the fraction of a set's points that are covered, not all points of a set at once. With one
/// point in each set both are the same.
/// </remarks>
/// <param name="Level">The probability asked for, between 0 and 1.</param>
/// <param name="Sets">Sets of the calibration.</param>
/// <param name="Threshold">Candidates of at most this score belong to a prediction; infinite where the level cannot be
/// promised with so few sets.</param>
public sealed record ConformalThreshold(double Level, int Sets, double Threshold)
{
    /// <summary>Hides the rounding of level · (n + 1): 0.07 · 100 is not 8.</summary>
    private const double Slack = 1e-9;

    /// <summary>Whether the sets suffice for the level.</summary>
    public bool IsReached => !double.IsPositiveInfinity(Threshold);

    /// <summary>The fewest sets with which the level can be promised.</summary>
    public int LeastSets => (int)Math.Min(int.MaxValue, Math.Ceiling(Level / (1 - Level) - Slack));

    /// <summary>Says that the level cannot be promised; null where it can.</summary>
    public string? Remark => IsReached ? null : string.Create(CultureInfo.InvariantCulture,
        $"A coverage of {Level} cannot be promised from {Sets} validation sets (it takes {LeastSets}, with finite " +
        $"predictions): prediction sets hold all classes, and intervals have no ends.");

    /// <summary>The threshold for one score a set.</summary>
    /// <param name="scores">Scores of the true values; what is not a number counts as infinite.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConformalThreshold Calibrate(ReadOnlySpan<double> scores, double level)
    {
        Check(level);
        var sorted = Numbers(scores);
        Array.Sort(sorted);
        var rank = Math.Max(1, Math.Ceiling(level * (sorted.Length + 1) - Slack));
        return new ConformalThreshold(
            level, sorted.Length, rank > sorted.Length ? double.PositiveInfinity : sorted[(int)rank - 1]);
    }

    /// <summary>The threshold for one score a point.</summary>
    /// <param name="scores">Scores of the true values, set by set; what is not a number counts as infinite.</param>
    /// <param name="sizes">Points of each set, at least 1.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConformalThreshold Calibrate(ReadOnlySpan<double> scores, ReadOnlySpan<int> sizes, double level)
    {
        Check(level);
        var (sorted, weights) = (Numbers(scores), new double[scores.Length]);
        var place = 0;
        foreach (var size in sizes)
        {
            if (size < 1 || place + size > scores.Length) throw WrongSizes(scores.Length);
            weights.AsSpan(place, size).Fill(1.0 / size);
            place += size;
        }
        if (place != scores.Length) throw WrongSizes(scores.Length);
        Array.Sort(sorted, weights);
        var (needed, covered) = (level * (sizes.Length + 1) - Slack, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            covered += weights[i];
            if (covered >= needed) return new ConformalThreshold(level, sizes.Length, sorted[i]);
        }
        return new ConformalThreshold(level, sizes.Length, double.PositiveInfinity);
    }

    private static ArgumentException WrongSizes(int scores) =>
        new($"The sizes of the sets do not add up to the {scores} scores; expected at least one score a set.");

    private static double[] Numbers(ReadOnlySpan<double> scores)
    {
        var numbers = scores.ToArray();
        for (var i = 0; i < numbers.Length; i++)
            if (double.IsNaN(numbers[i])) numbers[i] = double.PositiveInfinity;
        return numbers;
    }

    private static void Check(double level)
    {
        if (level is not (> 0 and < 1))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The coverage is {level}; expected a number between 0 and 1, such as 0.9."), nameof(level));
    }
}
