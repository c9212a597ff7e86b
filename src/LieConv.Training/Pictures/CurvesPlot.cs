using LieConv.Training.Learning;
using ScottPlot;

namespace LieConv.Training.Pictures;

/// <summary>Draws how a training went: errors and losses by epoch.</summary>
internal static class CurvesPlot
{
    private const int Width = 960;
    private const int Height = 480;

    private static readonly (string Metric, string Label)[] Logarithmic =
        [("mse", "mean squared error"), ("forces.mae", "mean absolute error of forces"), ("mae", "mean absolute error")];

    /// <summary>Keeps the highest point off the frame.</summary>
    private const double Headroom = 1.1;

    /// <summary>Draws every metric of the reports: those ending in error (in percent) left, in loss right; or where
    /// there are squared or absolute errors, these alone.</summary>
    public static void Write(string path, IReadOnlyList<EpochReport> reports, string title)
    {
        foreach (var (metric, label) in Logarithmic)
        {
            if (!reports.Any(report => report.Metrics.Keys.Any(name => IsOf(name, metric)))) continue;
            WriteLogarithmic(path, reports, title, metric, label);
            return;
        }
        var plots = new Multiplot();
        plots.AddPlots(2);
        plots.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Draw(plots.GetPlot(0), reports, "error", "error in %", 100);
        Draw(plots.GetPlot(1), reports, "loss", "loss", 1);
        plots.GetPlot(0).Title($"Error of {title}");
        plots.GetPlot(1).Title("Loss"); // both have a title, so that the frames are level
        plots.SavePng(path, Width, Height);
    }

    /// <summary>These errors fall over decades: their axis is logarithmic.</summary>
    private static void WriteLogarithmic(
        string path, IReadOnlyList<EpochReport> reports, string title, string metric, string label)
    {
        using var plot = new Plot();
        Add(plot, reports, metric, LogAxis.Log);
        LogAxis.SetDecades(plot.Axes.Left, reports.SelectMany(report => report.Metrics)
            .Where(pair => IsOf(pair.Key, metric)).Select(pair => LogAxis.Log(pair.Value)));
        Finish(plot, label);
        plot.Title($"Error of {title}");
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Whether a name is a split and the metric: train.mae, but not train.forces.mae.</summary>
    private static bool IsOf(string name, string metric) =>
        name.EndsWith("." + metric, StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) == name.Length - metric.Length - 1;

    private static void Draw(Plot plot, IReadOnlyList<EpochReport> reports, string metric, string label, double factor)
    {
        Add(plot, reports, metric, value => factor * value);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, Headroom * plot.Axes.GetLimits().Top);
        Finish(plot, label);
    }

    private static void Add(Plot plot, IReadOnlyList<EpochReport> reports, string metric, Func<double, double> scale)
    {
        foreach (var name in reports.SelectMany(report => report.Metrics.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            if (!IsOf(name, metric)) continue;
            var points = reports.Where(report => report.Metrics.ContainsKey(name)).ToArray();
            var line = plot.Add.Scatter(
                points.Select(report => (double)report.Epoch).ToArray(),
                points.Select(report => scale(report.Metrics[name])).ToArray());
            line.LegendText = name[..^(metric.Length + 1)];
            line.LineWidth = 2;
        }
    }

    private static void Finish(Plot plot, string label)
    {
        plot.XLabel("epoch");
        plot.YLabel(label);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Font.Set(ReportFont.Family);
        plot.ShowLegend(Alignment.LowerLeft); // curves that fall from the left leave this corner free
    }
}
