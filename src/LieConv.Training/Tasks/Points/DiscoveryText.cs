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
            ["group", "dimension", Sets(report.SmallSets), Sets(report.Sets), "above the best", "costs",
                "moved: change", "moved: error"],
        ];
        table.AddRange(report.Rows.Select(row => new[]
        {
            row.Group + (row.Group == report.Recommended ? " *" : ""),
            row.Dimension.ToString(CultureInfo.InvariantCulture),
            Cell(row.SmallError, isClass) + Mark(row.SmallFall), Cell(row.Error, isClass) + Mark(row.Fall),
            Difference(row.Excess, row.ExcessNoise, isClass), Word(row.Verdict), Change(row.AnswerChange),
            row.MovedError is null ? None
                : $"{Cell(row.MovedError, isClass)} ({Difference(row.Change, row.ChangeNoise, isClass)})",
        }));
        var widths = table[0].Select((_, column) => table.Max(cells => cells[column].Length)).ToArray();
        foreach (var cells in table)
            output.WriteLine(string.Join("   ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine(
            $"Moved: what {report.Rows[0].Group} says of sets that random elements of the group have moved, by how much that " +
            "changes in per cent of the answers' spread, and how wrong it is.");
        if (report.Rows.Any(row => !row.IsSettled))
            output.WriteLine(
                "~ The training was too short: the loss still fell fast. A larger --budget would make the figure smaller.");
        output.WriteLine(report.Recommendation);
    }

    /// <summary>The recommendation and its evidence, in some sentences.</summary>
    internal static string Recommendation(DiscoveryReport report) => new DiscoveryEvidence(report).Text();

    /// <summary>An error: a percentage of wrong classes, or standard deviations.</summary>
    internal static string Figure(double error, bool isClass) => isClass
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * error:F1} %")
        : error.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A difference with its standard error.</summary>
    internal static string Difference(double? mean, double? noise, bool isClass)
    {
        if (mean is not { } value || noise is not { } spread) return None;
        return isClass
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;-0.0;0.0} ± {100 * spread:F1} %")
            : string.Create(CultureInfo.InvariantCulture, $"{value:+0.000;-0.000;0.000} ± {spread:F3}");
    }

    /// <summary>A change of answers in per cent of their spread.</summary>
    internal static string Change(double? change) =>
        change is { } own ? string.Create(CultureInfo.InvariantCulture, $"{100 * own:F0} %") : None;

    /// <summary>So many sets.</summary>
    internal static string Sets(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} sets");

    internal static bool IsOfClasses(DiscoveryReport report) => report.Measure == "wrong";

    private static string Cell(double? error, bool isClass) => error is { } own ? Figure(own, isClass) : "failed";

    private static string Mark(double? fall) => fall > TrialLosses.Unsettled ? "~" : "";

    private static string Word(DiscoveryVerdict verdict) => verdict switch
    {
        DiscoveryVerdict.Free => "nothing",
        DiscoveryVerdict.Costs => "error",
        DiscoveryVerdict.Unclear => "unclear",
        _ => None,
    };
}
