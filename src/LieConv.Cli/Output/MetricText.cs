using System.Globalization;
using LieConv.Training.Learning;

namespace LieConv.Cli.Output;

/// <summary>How the metrics of a task are printed while it is trained.</summary>
/// <param name="metrics">The metrics.</param>
internal sealed class MetricText(IReadOnlyList<Metric> metrics)
{
    private const string LossName = "loss";

    /// <summary>A figure as its metric writes it; what the task does not describe has four digits.</summary>
    /// <param name="name">Its split and name: train.error.</param>
    /// <param name="value">The figure.</param>
    public string Format(string name, double value) => metrics.FirstOrDefault(metric => metric.IsOf(name))?.Text(value)
        ?? value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Figures that are for files and evaluations: ends of intervals, and what goes with a figure that is shown.</summary>
    private static readonly string[] Further =
        ["low", "high", "accuracy", "balancedAccuracy", "macroF1", "calibrationError", "rmse", "bias"];

    /// <summary>Where the loss is itself the metric, saying so once is enough.</summary>
    public bool IsShown(string name) => LastPart(name) is var last && !Further.Contains(last)
        && (last != LossName || metrics.Any(metric => metric.IsOf(name)));

    /// <summary>The running loss of an epoch, under its own name where it is a metric.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="known">Names of the epoch's figures.</param>
    public string Loss(double mean, IEnumerable<string> known)
    {
        var isDescribed = metrics.Any(metric => metric.Name == LossName);
        return !isDescribed && metrics[0] is var first && known.Contains(first.Name)
            ? $"{first.Name} {first.Text(mean)}"
            : string.Create(CultureInfo.InvariantCulture, $"{LossName} {mean:F3}");
    }

    /// <summary>Whether a figure belongs to an evaluation, not to the training as it went.</summary>
    public static bool IsOfAnEvaluation(string name) => !name.StartsWith("train.", StringComparison.Ordinal);

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
