using LieConv.Datasets.Points;

namespace LieConv.Training.Tasks.Points;

/// <summary>How far a network's answers are from others for the same sets, in units of how far the answers for different
/// sets are from each other: 0 where they are the same, 1 where they are as strange as those of other sets.</summary>
/// <remarks>Root mean squares, over sets or over points, of probabilities or numbers; of several targets the mean. Two
/// answers drawn from a distribution of variance v are √(2 v) apart.</remarks>
internal static class AnswerChange
{
    /// <summary>Spread, as a part of the unit of answers, below which a network says the same of all sets.</summary>
    private const double NoSpread = 1e-4;

    /// <summary>The change, null where the answers are the same for all sets.</summary>
    /// <param name="before">What was said of the sets.</param>
    /// <param name="after">What is said of them now.</param>
    /// <param name="scales">The unit of each target's numbers.</param>
    public static double? Measure(
        IReadOnlyList<TargetAnswers> before, IReadOnlyList<TargetAnswers> after, IReadOnlyList<double> scales)
    {
        var changes = new List<double>();
        for (var t = 0; t < before.Count; t++)
        {
            var (own, other, width) = (Answers(before[t]), Answers(after[t]), before[t].Width);
            var rows = own.Length / width;
            var (moved, spread) = (0.0, 0.0);
            for (var column = 0; column < width; column++)
            {
                var mean = 0.0;
                for (var i = column; i < own.Length; i += width) mean += own[i] / rows;
                for (var i = column; i < own.Length; i += width)
                {
                    moved += (other[i] - own[i]) * (other[i] - own[i]) / rows;
                    spread += 2 * (own[i] - mean) * (own[i] - mean) / rows;
                }
            }
            if (Math.Sqrt(spread) > NoSpread * scales[t]) changes.Add(Math.Sqrt(moved / spread));
        }
        return changes.Count > 0 ? changes.Average() : null;
    }

    private static double[] Answers(TargetAnswers answers) => answers.Target.Kind == PointTargetKind.Class
        ? [.. answers.LogProbabilities.Select(Math.Exp)]
        : answers.Predicted;
}
