using System.Globalization;
using System.Text;
using LieConv.Training.Learning;

namespace LieConv.Cli.Output;

/// <summary>One plain line an epoch.</summary>
/// <param name="say">Prints a line.</param>
/// <param name="metrics">Writes figures.</param>
/// <param name="epochs">Epochs of the whole training.</param>
/// <param name="unit">What an example is called, in the plural.</param>
internal sealed class LineObserver(Action<string> say, MetricText metrics, int epochs, string unit) : TrainingObserver
{
    /// <summary>With more epochs than this, those that were not evaluated are left out where they come faster than
    /// one a second.</summary>
    private const int ManyEpochs = 500;

    private readonly Pace _pace = new();
    private double _printedAt = double.NegativeInfinity;

    public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds) =>
        _pace.Add(progress.Step, totalSteps, examples, seconds);

    public override void OnEvaluation(DataSplit split, long done, long total)
    {
    }

    public override void OnEpoch(EpochReport report)
    {
        var isPlain = !report.Metrics.Keys.Any(MetricText.IsOfAnEvaluation);
        if (epochs > ManyEpochs && isPlain && report.ElapsedSeconds - _printedAt < 1) return;
        _printedAt = report.ElapsedSeconds;
        var line = new StringBuilder($"epoch {report.Epoch}/{epochs}");
        foreach (var (name, value) in report.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Reverse())
            if (metrics.IsShown(name))
                line.Append(CultureInfo.InvariantCulture, $"  {name.Replace('.', ' ')} {metrics.Format(name, value)}");
        line.Append(CultureInfo.InvariantCulture, $"  {_pace.Rate:F0} {unit}/s  {_pace.Remaining} left");
        say(line.ToString());
    }
}
