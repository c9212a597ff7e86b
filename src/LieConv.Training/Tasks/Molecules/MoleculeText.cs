using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Prints the evaluation of a run of molecules.</summary>
internal static class MoleculeText
{
    /// <summary>The unit of forces, which only MD17 has.</summary>
    public const string ForceUnit = "kcal/mol/A";

    public static void Write(TextWriter output, MoleculeReport report)
    {
        output.WriteLine("Test molecules moved at random first:");
        foreach (var row in report.Transforms)
        {
            var name = row.Average > 1 ? $"{row.Transform}, mean of {row.Average}" : row.Transform.ToString();
            output.WriteLine($"{name,-20} {Interval(row.Metrics, "mae", report.Result.Unit)}{Forces(row.Metrics)}");
        }
        WriteTargets(output, report.Result);
    }

    /// <summary>The result in one clause.</summary>
    public static string Headline(RunResult result)
    {
        var group = result.Group.Length == 0 ? "" : $" {result.Group}";
        return $"Test MAE of {result.Target} {Interval(result.Metrics, "mae", result.Unit)}{Forces(result.Metrics)}, " +
            FormattableString.Invariant($"{result.Evaluated:N0} molecules, {result.Network}{group}");
    }

    private static void WriteTargets(TextWriter output, RunResult result)
    {
        var targets = result.Metrics.Keys.Where(key => key.EndsWith(".mae", StringComparison.Ordinal)
            && key != MoleculeObjective.ForcesMae).ToArray();
        if (targets.Length == 0) return;
        output.WriteLine();
        output.WriteLine("Each target, in its unit:");
        foreach (var key in targets) output.WriteLine($"{key[..^".mae".Length],-20} {Interval(result.Metrics, key, null)}");
    }

    private static string Forces(IReadOnlyDictionary<string, double> metrics) =>
        metrics.ContainsKey(MoleculeObjective.ForcesMae)
            ? $", forces {Interval(metrics, MoleculeObjective.ForcesMae, ForceUnit)}"
            : "";

    /// <summary>A mean with its 95 % interval.</summary>
    private static string Interval(IReadOnlyDictionary<string, double> metrics, string key, string? unit)
    {
        var text = FormattableString.Invariant($"{metrics[key]:G4}");
        if (metrics.TryGetValue(key + ".low", out var low) && metrics.TryGetValue(key + ".high", out var high))
            text += FormattableString.Invariant($" [{low:G4}, {high:G4}]");
        return unit is null ? text : $"{text} {unit}";
    }
}
