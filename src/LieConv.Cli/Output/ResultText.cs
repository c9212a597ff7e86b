using System.Text.Json;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

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
        output.WriteLine(Headline(result));
        if (result.Stopped == StopReason.TimeBudget)
            output.WriteLine("Stopped by --max-minutes before the last epoch.");
        if (result.Stopped == StopReason.EarlyStopping)
            output.WriteLine("Stopped by --early-stopping before the last epoch.");
        output.WriteLine($"Data: {result.Data}{(result.EmbeddedSample ? Smaller(result) : "")}");
        output.WriteLine($"Run: {result.Run}");
    }

    private static string Smaller(RunResult result) =>
        result.Task is null ? " (not RotMNIST itself)" : " (a small sample)";

    private static string Headline(RunResult result)
    {
        var rest = FormattableString.Invariant($"epoch {result.Epoch}, {result.Seconds:F0} s of training.");
        if (result.Metrics.TryGetValue("mse", out var mse))
        {
            var group = result.Group.Length == 0 ? "" : $" {result.Group}";
            return FormattableString.Invariant(
                $"Test MSE {MetricText.Scientific(mse)} ({result.Evaluated:N0} systems), ") +
                $"{result.Network}{group}, {rest}";
        }
        if (result.Metrics.ContainsKey("mae")) return $"{MoleculeText.Headline(result)}, {rest}";
        var error = result.Metrics["error"];
        return FormattableString.Invariant(
            $"Test error {100 * error:F2} % ({Math.Round(error * result.Evaluated):N0} of {result.Evaluated:N0} ") +
            $"images), {result.Group}, {rest}";
    }
}
