using System.Text.Json;
using LieConv.Training;

namespace LieConv.Cli.Output;

/// <summary>Prints a result for people or for machines.</summary>
internal static class ResultText
{
    public static void Write(TextWriter output, RunResult result, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, JsonFormat.Indented));
            return;
        }
        var error = result.Metrics["error"];
        var wrong = Math.Round(error * result.Evaluated);
        output.WriteLine(FormattableString.Invariant(
            $"Test error {100 * error:F2} % ({wrong:N0} of {result.Evaluated:N0} images), {result.Group}, ") +
            FormattableString.Invariant($"epoch {result.Epoch}, {result.Seconds:F0} s of training."));
        if (result.Stopped == StopReason.TimeBudget)
            output.WriteLine("Stopped by --max-minutes before the last epoch.");
        output.WriteLine($"Data: {result.Data}{(result.EmbeddedSample ? " (not RotMNIST itself)" : "")}");
        output.WriteLine($"Run: {result.Run}");
    }
}
