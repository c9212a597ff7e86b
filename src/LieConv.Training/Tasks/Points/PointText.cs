using System.Globalization;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Points;

/// <summary>Figures of networks on points in words.</summary>
internal static class PointText
{
    /// <summary>The result in one clause, with the most telling figure of each target.</summary>
    public static string Headline(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var parts = result.Metrics.Keys.Where(key => Is(key, PointObjective.Error) || Is(key, PointObjective.Mae))
            .Select(key => Figure(result, key));
        return $"Test {string.Join(", ", parts)} " +
            FormattableString.Invariant($"({result.Evaluated:N0} sets), ") +
            (result.Network is null ? result.Group : $"{result.Network} {result.Group}");
    }

    /// <summary>All figures of each target, a line a target.</summary>
    public static void Write(TextWriter output, PointReport report)
    {
        foreach (var target in report.Targets)
        {
            output.WriteLine($"{target.Name} ({target.Of}):");
            foreach (var (name, value) in target.Metrics) output.WriteLine($"  {Words(name),-22} {Number(name, value)}");
            if (target.Coverage is { } coverage)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {"coverage",-22} {100 * coverage.Coverage:F1} % of {100 * coverage.Level:0.#} % asked for, ") +
                    Size(coverage.MeanSize, target.Classes));
            if (target.Remark is not null) output.WriteLine($"  {target.Remark}");
        }
        output.WriteLine($"Change of the answers under random elements of {report.Motion.Group}: " +
            $"{NumberText.Scientific(report.Motion.Largest)} of their size at most, " +
            $"{NumberText.Scientific(report.Motion.Mean)} in the mean (float32 rounds at about 1e-7).");
    }

    private static string Figure(RunResult result, string key)
    {
        var value = result.Metrics[key];
        return Is(key, PointObjective.Error)
            ? string.Create(CultureInfo.InvariantCulture, $"{key} {100 * value:F2} %")
            : $"{key[..^PointObjective.Mae.Length]}MAE {value.ToString("G4", CultureInfo.InvariantCulture)}" + R2(result, key);
    }

    private static string R2(RunResult result, string mae) =>
        result.Metrics.TryGetValue($"{mae[..^PointObjective.Mae.Length]}r2", out var r2)
            ? string.Create(CultureInfo.InvariantCulture, $" (R2 {r2:F4})")
            : "";

    private static string Size(double size, int classes) => classes > 0
        ? string.Create(CultureInfo.InvariantCulture, $"sets of {size:F2} classes in the mean")
        : string.Create(CultureInfo.InvariantCulture, $"intervals of length {size:G4} in the mean");

    private static bool Is(string key, string name) =>
        key == name || key.EndsWith($".{name}", StringComparison.Ordinal);

    private static string Words(string name) => name switch
    {
        "balancedAccuracy" => "balanced accuracy",
        "macroF1" => "macro F1",
        "calibrationError" => "calibration error",
        "logLoss" or "loss" => "log loss",
        "mae" => "MAE",
        "rmse" => "RMSE",
        "r2" => "R2",
        _ => name,
    };

    private static string Number(string name, double value) =>
        name is "error" or "accuracy" or "balancedAccuracy" or "macroF1" or "calibrationError"
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %")
            : value.ToString("G5", CultureInfo.InvariantCulture);
}
