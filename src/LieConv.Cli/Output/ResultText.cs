using System.Text.Json;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Cli.Output;

/// <summary>Prints a result for people or for machines.</summary>
internal static class ResultText
{
    public static void Write(TextWriter output, LearningTask task, RunResult result, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, JsonFormat.Indented));
            return;
        }
        output.WriteLine(Headline(task, result));
        if (result.Stopped == StopReason.TimeBudget)
            output.WriteLine("Stopped by --max-minutes before the last epoch.");
        if (result.Stopped == StopReason.EarlyStopping)
            output.WriteLine("Stopped by --early-stopping before the last epoch.");
        output.WriteLine($"Data: {result.Data}{(result.EmbeddedSample ? $" ({task.SampleRemark})" : "")}");
        output.WriteLine($"Run: {result.Run}");
    }

    private static string Headline(LearningTask task, RunResult result) => task.Headline(result) + (result switch
    {
        { Imported: null } => FormattableString.Invariant($", epoch {result.Epoch}, {result.Seconds:F0} s of training."),
        { Steps: 0 } => $", weights imported{From(result)}, time of training not known.",
        _ => FormattableString.Invariant(
            $", epoch {result.Epoch} after weights were imported{From(result)}, {result.Seconds:F0} s of training since."),
    });

    private static string From(RunResult result) =>
        string.IsNullOrEmpty(result.Imported) ? "" : $" from '{result.Imported}'";
}
