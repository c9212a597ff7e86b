using LieConv.Training.Learning;
using ScottPlot;

namespace LieConv.Training.Pictures;

/// <summary>Draws how a training went: a frame for each metric that its epochs report, a curve for each split.</summary>
internal static class CurvesPlot
{
    private const int Width = 960;
    private const int Height = 480;

    /// <summary>Keeps the highest point off the frame.</summary>
    private const double Headroom = 1.1;

    /// <summary>Draws the metrics side by side, the first first.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="reports">The epochs.</param>
    /// <param name="metrics">What may be drawn; what no epoch reports is left out.</param>
    /// <param name="title">What was trained on what.</param>
    public static void Write(
        string path, IReadOnlyList<EpochReport> reports, IReadOnlyList<Metric> metrics, string title)
    {
        Metric[] drawn = [.. metrics.Where(metric => metric.IsDrawn && IsReported(reports, metric))];
        if (drawn.Length == 0) return;
        var plots = new Multiplot();
        plots.AddPlots(drawn.Length);
        plots.Layout = new ScottPlot.MultiplotLayouts.Columns();
        foreach (var (i, metric) in drawn.Index())
        {
            var plot = plots.GetPlot(i);
            Draw(plot, reports, metric);
            // All have a title, so that the frames are level.
            plot.Title(i == 0 ? $"Error of {title}" : $"{char.ToUpperInvariant(metric.Axis[0])}{metric.Axis[1..]}");
        }
        plots.SavePng(path, Width, Height);
    }

    private static bool IsReported(IReadOnlyList<EpochReport> reports, Metric metric) =>
        reports.Any(report => report.Metrics.Keys.Any(metric.IsOf));

    private static void Draw(Plot plot, IReadOnlyList<EpochReport> reports, Metric metric)
    {
        Func<double, double> shown = metric.IsLogarithmic ? LogAxis.Log : value => metric.ShownScale * value;
        foreach (var name in reports.SelectMany(report => report.Metrics.Keys).Distinct().Order(StringComparer.Ordinal))
            if (metric.IsOf(name)) Add(plot, reports, name, metric, shown);
        if (metric.IsLogarithmic)
        {
            LogAxis.SetDecades(plot.Axes.Left, reports.SelectMany(report => report.Metrics)
                .Where(pair => metric.IsOf(pair.Key)).Select(pair => LogAxis.Log(pair.Value)));
        }
        else
        {
            plot.Axes.AutoScale();
            plot.Axes.SetLimitsY(0, Headroom * plot.Axes.GetLimits().Top);
        }
        plot.XLabel("epoch");
        plot.YLabel(metric.AxisLabel);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Font.Set(ReportFont.Family);
        plot.ShowLegend(Alignment.LowerLeft); // curves that fall from the left leave this corner free
    }

    private static void Add(
        Plot plot, IReadOnlyList<EpochReport> reports, string name, Metric metric, Func<double, double> shown)
    {
        var points = reports.Where(report => report.Metrics.ContainsKey(name)).ToArray();
        var line = plot.Add.Scatter(
            points.Select(report => (double)report.Epoch).ToArray(),
            points.Select(report => shown(report.Metrics[name])).ToArray());
        line.LegendText = name[..^(metric.Name.Length + 1)];
        line.LineWidth = 2;
    }
}
