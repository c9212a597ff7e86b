using LieConv.Training.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LieConv.Training.Tasks.Points;

/// <summary>Draws a discovery: for each group a bar for each size of the training data, and one for the network without a
/// symmetry on moved sets.</summary>
public static class DiscoveryPlot
{
    private const int Width = 1100;
    private const int Height = 520;
    private const double BarWidth = 0.26;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="report">What was found.</param>
    public static void Write(string path, DiscoveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var isClass = report.Measure == "wrong";
        var figure = new PlotFigure(1, 1, Width, Height);
        var plot = figure[0];
        (string Label, Func<DiscoveryRow, double?> Of)[] kinds =
        [
            (FormattableString.Invariant($"trained on {report.SmallSets:N0} sets"), row => row.SmallError),
            (FormattableString.Invariant($"trained on {report.Sets:N0} sets"), row => row.Error),
            ($"{report.Rows[0].Group} on sets that the group has moved", row => row.MovedError),
        ];
        foreach (var (k, kind) in kinds.Index())
        {
            var color = PlotFigure.ColorOf(k);
            figure.AddDot(kind.Label, color, 7);
            Bar[] bars = [.. report.Rows.Index().Where(pair => kind.Of(pair.Item) is not null).Select(pair => new Bar
            {
                Position = pair.Index + (k - 1) * BarWidth, Value = Shown(kind.Of(pair.Item)!.Value), Size = BarWidth,
                FillColor = color, LineWidth = 0,
            })];
            if (bars.Length > 0) plot.Add.Bars(bars);
        }
        plot.Add.HorizontalLine(Shown(report.ConstantError), 1.5f, Colors.Gray, LinePattern.Dashed);
        figure.AddLine("a constant answer", Colors.Gray, LinePattern.Dashed);
        var ticks = new NumericManual();
        foreach (var (i, row) in report.Rows.Index())
            ticks.AddMajor(i, row.Group == report.Recommended ? $"{row.Group} (recommended)" : row.Group);
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.YLabel(isClass ? "wrong classes (%)" : "error (standard deviations)");
        var top = report.Rows.SelectMany(row => new[] { row.SmallError, row.Error, row.MovedError }).Max() ?? 1;
        plot.Axes.SetLimits(-0.6, report.Rows.Count - 0.4, 0, 1.08 * Math.Max(Shown(top), Shown(report.ConstantError)));
        figure.Write(path, $"Which symmetry? Errors on {report.Validated} validation sets");

        double Shown(double error) => isClass ? 100 * error : error;
    }
}
