using System.Globalization;
using System.Text;
using LieConv.Training;

namespace LieConv.Cli.Output;

/// <summary>One plain line an epoch.</summary>
/// <param name="say">Prints a line.</param>
/// <param name="epochs">Epochs of the whole training.</param>
internal sealed class LineObserver(Action<string> say, int epochs) : TrainingObserver
{
    private readonly Pace _pace = new();

    public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds) =>
        _pace.Add(progress.Step, totalSteps, examples, seconds);

    public override void OnEvaluation(DataSplit split, long done, long total)
    {
    }

    public override void OnEpoch(EpochReport report)
    {
        var line = new StringBuilder($"epoch {report.Epoch}/{epochs}");
        foreach (var (name, value) in report.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Reverse())
        {
            var isError = name.EndsWith("error", StringComparison.Ordinal);
            line.Append(CultureInfo.InvariantCulture, $"  {name.Replace('.', ' ')} ");
            line.Append(isError
                ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %")
                : value.ToString("F4", CultureInfo.InvariantCulture));
        }
        line.Append(CultureInfo.InvariantCulture, $"  {_pace.Rate:F0} images/s  {_pace.Remaining} left");
        say(line.ToString());
    }
}
