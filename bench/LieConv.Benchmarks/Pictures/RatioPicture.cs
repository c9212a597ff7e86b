using LieConv.Benchmarks.Tables;
using LieConv.Training.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LieConv.Benchmarks.Pictures;

/// <summary>Bars of how many times as fast ours is, a bar for each workload that both sides ran.</summary>
internal static class RatioPicture
{
    private const int Width = 900, RowHeight = 32, Frame = 90;
    private const double Headroom = 1.15;

    /// <summary>Writes the picture as PNG.</summary>
    /// <exception cref="InvalidDataException">If no workload has a ratio.</exception>
    public static void Write(string path, TableData table)
    {
        TableRow[] rows = [.. table.Rows.Where(row => row.Ratio is not null)];
        if (rows.Length == 0) throw new InvalidDataException("The table has no workload that both sides ran.");
        var figure = new PlotFigure(1, 1, Width, rows.Length * RowHeight + Frame);
        var plot = figure[0];
        Bar[] bars = [.. rows.Select((row, i) => new Bar
        {
            Position = rows.Length - i, Value = row.Ratio!.Value, Orientation = Orientation.Horizontal, Size = 0.7,
            LineWidth = 0, FillColor = PlotFigure.ColorOf(0),
            Label = FormattableString.Invariant($"{row.Ratio:F1}"),
        })];
        plot.Add.Bars(bars).Horizontal = true;
        var even = plot.Add.VerticalLine(1, 1.5f, PlotFigure.ColorOf(1), LinePattern.Dashed);
        even.IsDraggable = false;
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. bars.Select(bar => new Tick(bar.Position, rows[rows.Length - (int)bar.Position].Workload))]);
        plot.Axes.SetLimits(0, Headroom * Math.Max(1, bars.Max(bar => bar.Value)), 0.3, rows.Length + 0.7);
        plot.XLabel("steps of ours in the time of one step of the reference");
        figure.AddLine("as fast as the reference", PlotFigure.ColorOf(1), LinePattern.Dashed);
        figure.Write(path, table.Machine);
    }
}
