using System.Globalization;

namespace LieConv.Training.Tasks.Points;

/// <summary>A discovery in words.</summary>
public static class DiscoveryText
{
    private const string None = "-";

    /// <summary>Writes the table and the recommendation.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">What was found.</param>
    public static void Write(TextWriter output, DiscoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(report);
        var isClass = IsOfClasses(report);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(isClass ? "Wrong classes" : "Absolute error in standard deviations of the target")} on ") +
            string.Create(CultureInfo.InvariantCulture,
            $"{report.Validated:N0} validation sets after {report.Steps:N0} steps; a constant answer has ") +
            $"{Figure(report.ConstantError, isClass)}.");
        List<string[]> table =
        [
            ["group", "dimension", Sets(report.SmallSets), Sets(report.Sets), "above the best",
                $"{report.Rows[0].Group} on moved sets"],
        ];
        table.AddRange(report.Rows.Select(row => new[]
        {
            row.Group + (row.Group == report.Recommended ? " *" : ""),
            row.Dimension.ToString(CultureInfo.InvariantCulture), Cell(row.SmallError, isClass), Cell(row.Error, isClass),
            Difference(row.Excess, row.ExcessNoise, isClass),
            row.MovedError is null ? None
                : $"{Cell(row.MovedError, isClass)} ({Difference(row.Change, row.ChangeNoise, isClass)})",
        }));
        var widths = table[0].Select((_, column) => table.Max(cells => cells[column].Length)).ToArray();
        foreach (var cells in table)
            output.WriteLine(string.Join("   ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine(report.Recommendation);
    }

    /// <summary>The recommendation and its evidence, in two sentences.</summary>
    internal static string Recommendation(DiscoveryReport report)
    {
        var isClass = IsOfClasses(report);
        var (none, best) = (report.Rows[0], report.Rows.Where(row => row.Error is not null).MinBy(row => row.Error)!);
        if (report.Recommended is not { } name)
            return $"No group is recommended: the best network, that of {best.Group}, has an error of " +
                $"{Figure(best.Error!.Value, isClass)}, which is not better beyond noise than the " +
                $"{Figure(report.ConstantError, isClass)} of a constant answer. Try more data, a larger --budget, or " +
                "other columns.";
        var chosen = report.Rows.First(row => row.Group == name);
        var isBest = chosen.Group == best.Group;
        var beaten = report.Rows.Where(row => row.Error is not null && row.Dimension >= chosen.Dimension &&
            row != chosen && row.Excess > DiscoveryRule.Limit * row.ExcessNoise).MinBy(row => row.Error);
        if (chosen == none)
            return $"Recommended: --group {name}, no symmetry: its error of {Figure(chosen.Error!.Value, isClass)} on " +
                $"{Sets(report.Sets)} is " + (isBest ? "the smallest" : "the smallest within noise") +
                (beaten is null ? ". " : $", and every group costs more than twice the noise, {beaten.Group} the least " +
                    $"({Difference(beaten.Excess, beaten.ExcessNoise, isClass)}). ") + Least(report, isClass);
        return $"Recommended: --group {name}: its error of {Figure(chosen.Error!.Value, isClass)} on " +
            $"{Sets(report.Sets)} is " + (isBest ? "the smallest" : $"that of the best ({best.Group}) within noise") +
            $" ({none.Group}: {Figure(none.Error!.Value, isClass)}; on {Sets(report.SmallSets)} " +
            $"{Figure(chosen.SmallError!.Value, isClass)} against {Figure(none.SmallError!.Value, isClass)})" +
            (beaten is null ? ". " : $", and of the others of its dimension or a larger one, {beaten.Group} comes next " +
                $"({Difference(beaten.Excess, beaten.ExcessNoise, isClass)} above the best). ") +
            Moved(chosen, none, isClass);
    }

    /// <summary>An error: a percentage of wrong classes, or standard deviations.</summary>
    internal static string Figure(double error, bool isClass) => isClass
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * error:F1} %")
        : error.ToString("F3", CultureInfo.InvariantCulture);

    private static string Moved(DiscoveryRow row, DiscoveryRow none, bool isClass)
    {
        if (row.Change is not { } change) return $"{none.Group} was not tried on moved sets.";
        var isSame = change <= DiscoveryRule.Limit * row.ChangeNoise!.Value;
        return $"Random elements of {row.Group} change the error of {none.Group} by " +
            $"{Difference(change, row.ChangeNoise, isClass)}, " + (isSame
                ? "which is within noise: moved sets keep what is to be learnt, and the data hold them in all places."
                : "more than noise: that network does not know the symmetry, and the data do not hold sets in all " +
                    "places of the group.");
    }

    private static string Least(DiscoveryReport report, bool isClass)
    {
        var least = report.Rows.Where(row => row.Change is not null).MinBy(row => row.Change);
        return least is null
            ? $"{report.Rows[0].Group} was not tried on moved sets."
            : $"Random elements of the groups change its error by {Difference(least.Change, least.ChangeNoise, isClass)} " +
                $"({least.Group}) or more.";
    }

    private static bool IsOfClasses(DiscoveryReport report) => report.Measure == "wrong";

    private static string Sets(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} sets");

    private static string Cell(double? error, bool isClass) => error is { } own ? Figure(own, isClass) : "failed";

    private static string Difference(double? mean, double? noise, bool isClass)
    {
        if (mean is not { } value || noise is not { } spread) return None;
        return isClass
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;-0.0;0.0} ± {100 * spread:F1} %")
            : string.Create(CultureInfo.InvariantCulture, $"{value:+0.000;-0.000;0.000} ± {spread:F3}");
    }
}
