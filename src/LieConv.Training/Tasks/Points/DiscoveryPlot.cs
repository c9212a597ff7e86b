using LieConv.Training.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LieConv.Training.Tasks.Points;

/// <summary>Draws a discovery: for each group the errors for each size of the training data, and below what becomes of the
/// network without a symmetry on sets that the group has moved.</summary>
public static class DiscoveryPlot
{
    private const int Width = 1100;
    private const int Height = 360;
    private const double BarWidth = 0.36;

    /// <summary>Characters of a name that are shown, and of all names together that stand side by side.</summary>
    private const int LongestName = 22, RoomForNames = 120;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="report">What was found.</param>
    public static void Write(string path, DiscoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var isClass = report.Measure == "wrong";
        var (factor, unit) = isClass ? (100.0, "wrong classes (%)") : (1, "error (standard deviations)");
        var none = Shortened(report.Rows[0].Group);
        var figure = new PlotFigure(1, 2, Width, Height);
        Draw(figure, 0, unit, report,
            ($"trained on {DiscoveryText.Sets(report.SmallSets)}", row => factor * row.SmallError),
            ($"on {DiscoveryText.Sets(report.Sets)}", row => factor * row.Error));
        var constant = factor * report.ConstantError;
        figure[0].Add.HorizontalLine(constant, 1.5f, Colors.Gray, LinePattern.Dashed);
        Fit(figure[0], report, [constant,
            .. report.Rows.SelectMany(row => new[] { factor * row.SmallError, factor * row.Error }).OfType<double>()]);
        Draw(figure, 1, "moved sets (%)", report,
            ($"{none} on moved sets: change of its answers (% of their spread)", row => 100 * row.AnswerChange),
            (isClass ? "its error (%)" : "its error (% of the standard deviation)", row => 100 * row.MovedError));
        Fit(figure[1], report,
            [.. report.Rows.SelectMany(row => new[] { 100 * row.AnswerChange, 100 * row.MovedError }).OfType<double>()]);
        figure.AddLine("a constant answer", Colors.Gray, LinePattern.Dashed);
        figure.Write(path, report.Recommended is { } name
            ? $"Which symmetry? {name} ({report.Validated} validation sets)"
            : $"Which symmetry? The data do not tell ({report.Validated} validation sets)");
    }

    private static void Draw(
        PlotFigure figure, int panel, string unit, DiscoveryReport report,
        params (string Label, Func<DiscoveryRow, double?> Height)[] kinds)
    {
        var plot = figure[panel];
        foreach (var (k, kind) in kinds.Index())
        {
            var color = PlotFigure.ColorOf(2 * panel + k);
            figure.AddDot(kind.Label, color, 7);
            Bar[] bars =
            [
                .. report.Rows.Index().Where(pair => kind.Height(pair.Item) is not null).Select(pair => new Bar
                {
                    Position = pair.Index + (k - 0.5) * BarWidth, Value = kind.Height(pair.Item)!.Value, Size = BarWidth,
                    FillColor = color, LineWidth = 0,
                }),
            ];
            if (bars.Length > 0) plot.Add.Bars(bars);
        }
        plot.YLabel(unit);
    }

    /// <summary>Limits, and the names below: turned where they are too long to stand side by side.</summary>
    private static void Fit(Plot plot, DiscoveryReport report, IReadOnlyList<double> heights)
    {
        string[] names = [.. report.Rows.Select(row =>
            Shortened(row.Group) + (row.Group == report.Recommended ? " *" : ""))];
        var ticks = new NumericManual();
        foreach (var (i, name) in names.Index()) ticks.AddMajor(i, name);
        plot.Axes.Bottom.TickGenerator = ticks;
        // The same for both panels, whose groups then stand below each other.
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = LeftOf(names);
        var longest = names.Max(name => name.Length);
        if (AreTurned(names))
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -30;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperRight;
            // Turned labels are as high as half the length of the longest.
            plot.Axes.Bottom.MinimumSize = 30 + 3.5f * longest;
        }
        plot.Axes.SetLimits(-0.6, names.Length - 0.4, 0, Math.Max(1.08 * heights.DefaultIfEmpty(1).Max(), 1e-6));
    }

    private static string Shortened(string name) =>
        name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;

    private static bool AreTurned(string[] names) => names.Max(name => name.Length) * names.Length > RoomForNames;

    /// <summary>Pixels left of the first group: a turned name begins far left of its group.</summary>
    private static float LeftOf(string[] names) => AreTurned(names) ? 70 + 5f * names[0].Length : 70;
}
