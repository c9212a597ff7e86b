using LieConv.Benchmarks.Sizes;
using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Benchmarks.Pictures;

/// <summary>Peak memory against the number of points, both logarithmic; a line for each group and neighbourhood.
/// </summary>
internal static class SizesPicture
{
    private const int Width = 900, Height = 520;

    /// <summary>Writes the picture as PNG.</summary>
    /// <exception cref="InvalidDataException">If there is no size that fitted.</exception>
    public static void Write(string path, SizesData sizes)
    {
        SizeRow[] rows = [.. sizes.Rows.Where(row => row.PeakBytes is not null)];
        if (rows.Length == 0) throw new InvalidDataException("No size fitted into memory.");
        var figure = new PlotFigure(1, 1, Width, Height);
        var plot = figure[0];
        foreach (var (i, line) in rows.GroupBy(row => $"{row.Group} {row.Neighborhood}").Index())
        {
            var drawn = plot.Add.Scatter(
                line.Select(row => Math.Log10(row.Points)).ToArray(),
                line.Select(row => LogAxis.Log(row.PeakBytes!.Value / 1e9)).ToArray(), PlotFigure.ColorOf(i));
            drawn.LineWidth = 2;
            drawn.MarkerSize = 8;
            figure.AddLine(line.Key, PlotFigure.ColorOf(i), LinePattern.Solid);
        }
        LogAxis.SetSizes(plot.Axes.Bottom, [.. sizes.Rows.Select(row => row.Points).Distinct()]);
        LogAxis.SetDecades(plot.Axes.Left, rows.Select(row => LogAxis.Log(row.PeakBytes!.Value / 1e9)));
        plot.XLabel("points");
        plot.YLabel("peak memory, GB");
        figure.Write(path, sizes.Machine);
    }
}
