using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Draws the error of rollouts against time: medians, with bands from the 10 % to the 90 % quantile.</summary>
public static class RolloutPlot
{
    private const int Width = 960;
    private const int Height = 460;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="reports">Rollouts of one system, a network each.</param>
    /// <exception cref="ArgumentException">If there are none, or one is not valid.</exception>
    public static void Write(string path, params IReadOnlyList<RolloutReport> reports)
    {
        Check(reports);
        var figure = new PlotFigure(1, 1, Width, Height);
        var plot = figure[0];
        List<double> all = [];
        for (var i = 0; i < reports.Count; i++)
        {
            var color = PlotFigure.ColorOf(i);
            var curves = new[] { reports[i].ErrorLow, reports[i].ErrorMedian, reports[i].ErrorHigh }
                .Select(curve => curve.Select(LogAxis.Log).ToArray()).ToArray();
            PlotCurves.Band(plot, reports[i].Times, curves[0], curves[2], color);
            PlotCurves.Line(plot, reports[i].Times, curves[1], color, LinePattern.Solid);
            all.AddRange(Started(curves));
            figure.AddLine(reports[i].Label, color, LinePattern.Solid);
        }
        FrameTimes(plot, reports, figure);
        LogAxis.SetDecades(plot.Axes.Left, all);
        plot.YLabel("relative error of the state");
        figure.Write(path, $"Error of rollouts of {reports[0].System} (median, 10 % to 90 %)");
    }

    /// <summary>Values to fit an axis to: a start without error would stretch it to the floor. A curve that is 0
    /// throughout shows there.</summary>
    internal static IEnumerable<double> Started(IEnumerable<double[]> logarithms)
    {
        var floor = LogAxis.Log(0) + 1e-9;
        return logarithms.SelectMany(curve =>
            curve.Any(value => value > floor) ? curve.Where(value => value > floor) : curve);
    }

    /// <summary>Sets the axis of time and marks where the training ended.</summary>
    internal static void FrameTimes(Plot plot, IReadOnlyList<RolloutReport> reports, PlotFigure? legend)
    {
        plot.XLabel("time");
        var (first, last) = (reports.Min(report => report.Times[0]), reports.Max(report => report.Times[^1]));
        plot.Axes.SetLimitsX(first, last);
        if (reports[0].TrainedUntil is not { } end || end <= first || end >= last) return;
        plot.Add.VerticalLine(end, 1.5f, Colors.Gray, LinePattern.Dashed);
        legend?.AddLine("end of the training's trajectories", Colors.Gray, LinePattern.Dashed);
    }

    internal static void Check(IReadOnlyList<RolloutReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0) throw new ArgumentException("There are no rollouts to draw.", nameof(reports));
        foreach (var report in reports) report.Validate();
    }
}
