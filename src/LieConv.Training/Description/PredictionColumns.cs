using LieConv.Training.Conformal;
using LieConv.Training.Figures;

namespace LieConv.Training.Description;

/// <summary>Columns of a table for what a network predicts: classes with probabilities and prediction sets, numbers with
/// intervals.</summary>
public static class PredictionColumns
{
    /// <summary>Between the names of a prediction set.</summary>
    public const string Separator = "|";

    /// <summary>Digits of a probability.</summary>
    private const string ProbabilityDigits = "G6";

    /// <summary>The likeliest class, in a column called as the target; the probability of each class in TARGET.p(CLASS); and
    /// with a threshold the classes of the prediction set in TARGET.set, the likeliest first, which may be none.</summary>
    /// <param name="target">Name of the target.</param>
    /// <param name="classes">Names of the K classes.</param>
    /// <param name="logProbabilities">Natural logarithms of the probabilities, n rows of K.</param>
    /// <param name="threshold">What belongs to prediction sets; null for no such column.</param>
    public static IReadOnlyList<ResultColumn> Classes(
        string target, IReadOnlyList<string> classes, double[] logProbabilities, ConformalThreshold? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(logProbabilities);
        var rows = logProbabilities.Length / classes.Count;
        Span<double> Row(int i) => logProbabilities.AsSpan(i * classes.Count, classes.Count);
        var (likeliest, sets) = (new string[rows], new string[rows]);
        for (var i = 0; i < rows; i++)
        {
            likeliest[i] = classes[ClassTally.Largest(Row(i))];
            if (threshold is not null)
                sets[i] = string.Join(Separator, ConformalClasses.SetOf(threshold, Row(i)).Select(k => classes[k]));
        }
        return
        [
            ResultColumn.Texts(target, likeliest),
            .. classes.Select((name, k) => ResultColumn.Numbers(
                $"{target}.p({name})",
                [.. Enumerable.Range(0, rows).Select(i => Math.Exp(logProbabilities[i * classes.Count + k]))],
                ProbabilityDigits)),
            .. threshold is null ? [] : new[] { ResultColumn.Texts($"{target}.set", sets) },
        ];
    }

    /// <summary>The prediction in a column called as the target, with its unit; and with a threshold the ends of its
    /// interval in TARGET.low and TARGET.high, which may be infinite.</summary>
    /// <param name="target">Name of the target.</param>
    /// <param name="unit">Its unit; empty for none.</param>
    /// <param name="predicted">A number a row.</param>
    /// <param name="threshold">How far the interval reaches; null for no such columns.</param>
    public static IReadOnlyList<ResultColumn> Numbers(
        string target, string unit, double[] predicted, ConformalThreshold? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(predicted);
        var ending = unit.Length == 0 ? "" : $" ({unit})";
        var value = ResultColumn.Numbers(target + ending, predicted);
        if (threshold is null) return [value];
        var ends = predicted.Select(number => ConformalIntervals.IntervalOf(threshold, number)).ToArray();
        return
        [
            value,
            ResultColumn.Numbers($"{target}.low{ending}", [.. ends.Select(end => end.Low)]),
            ResultColumn.Numbers($"{target}.high{ending}", [.. ends.Select(end => end.High)]),
        ];
    }
}
