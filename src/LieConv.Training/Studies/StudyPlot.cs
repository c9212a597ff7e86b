using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Studies;

/// <summary>Draws a data-efficiency study: test error against training size, both logarithmic; a line a network through
/// the geometric means over seeds, whiskers from the smallest to the largest.</summary>
public static class StudyPlot
{
    private const int Width = 960;
    private const int Height = 520;
    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond];

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="rows">The trainings.</param>
    /// <param name="title">The heading.</param>
    /// <param name="across">The label of the sizes.</param>
    /// <param name="up">The label of the errors.</param>
    /// <exception cref="ArgumentException">If there are no rows, or one is impossible.</exception>
    public static void Write(
        string path, IReadOnlyList<StudyRow> rows, string title, string across = "examples to train on",
        string up = "test error")
    {
        var points = StudyPoint.Collect(rows);
        var figure = new PlotFigure(1, 1, Width, Height);
        var plot = figure[0];
        var networks = points.GroupBy(point => point.Network).ToArray();
        for (var i = 0; i < networks.Length; i++)
        {
            var color = PlotFigure.ColorOf(i);
            var drawn = networks[i].Where(point => point.Seeds > 0).ToArray();
            figure.AddLine(networks[i].Key, color, LinePattern.Solid);
            if (drawn.Length == 0) continue;
            foreach (var point in drawn.Where(point => point.Seeds > 1)) Whisker(plot, point, color);
            var line = plot.Add.Scatter(
                drawn.Select(point => Math.Log10(point.Size)).ToArray(),
                drawn.Select(point => LogAxis.Log(point.Mean)).ToArray(), color);
            line.LineWidth = 2;
            line.MarkerSize = 9;
            line.MarkerShape = Markers[i % Markers.Length];
        }
        LogAxis.SetSizes(plot.Axes.Bottom, [.. points.Select(point => point.Size).Distinct()]);
        LogAxis.SetDecades(plot.Axes.Left, points
            .SelectMany(point => new[] { point.Low, point.High }).Select(LogAxis.Log));
        plot.XLabel(across);
        plot.YLabel(up);
        figure.Write(path, title);
    }

    private static void Whisker(Plot plot, StudyPoint point, Color color)
    {
        var x = Math.Log10(point.Size);
        var (low, high) = (LogAxis.Log(point.Low), LogAxis.Log(point.High));
        var whisker = plot.Add.ErrorBar([x], [(low + high) / 2], [(high - low) / 2]);
        whisker.Color = color;
        whisker.CapSize = 5;
        whisker.LineWidth = 1.5f;
    }
}
