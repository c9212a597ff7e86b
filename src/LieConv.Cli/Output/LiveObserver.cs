using LieConv.Training.Learning;
using Spectre.Console;

namespace LieConv.Cli.Output;

/// <summary>A bar that moves with every step, and the lines of the epochs above it.</summary>
/// <param name="context">The bars.</param>
/// <param name="lines">Prints the epochs.</param>
/// <param name="metrics">Writes figures.</param>
/// <param name="epochs">Epochs of the whole training.</param>
/// <param name="unit">What an example is called, in the plural.</param>
internal sealed class LiveObserver(
    ProgressContext context, LineObserver lines, MetricText metrics, int epochs, string unit) : TrainingObserver
{
    private readonly Pace _pace = new();
    private ProgressTask? _training;
    private ProgressTask? _evaluation;

    public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds)
    {
        lines.OnStep(progress, totalSteps, examples, seconds);
        _pace.Add(progress.Step, totalSteps, examples, seconds);
        _training ??= context.AddTask("training", maxValue: totalSteps);
        var epoch = (progress.Step * epochs + totalSteps - 1) / totalSteps;
        var sums = progress.EpochSums;
        var mean = sums.GetValueOrDefault("loss") / Math.Max(progress.EpochExamples, 1);
        var loss = metrics.Loss(mean, sums.Keys);
        _training.Description = FormattableString.Invariant(
            $"epoch {epoch}/{epochs}  {loss}  {_pace.Rate:F0} {unit}/s");
        _training.Value = progress.Step;
    }

    public override void OnEvaluation(DataSplit split, long done, long total)
    {
        if (_evaluation is null)
        {
            _evaluation = context.AddTask(split == DataSplit.Test ? "testing" : "validating", maxValue: total);
            _evaluation.HideWhenCompleted = true;
        }
        _evaluation.Value = done;
        if (done < total) return;
        _evaluation.StopTask();
        _evaluation = null;
    }

    public override void OnEpoch(EpochReport report) => lines.OnEpoch(report);
}
