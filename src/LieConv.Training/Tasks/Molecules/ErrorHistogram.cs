using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Draws how errors are distributed, a panel for each target.</summary>
internal static class ErrorHistogram
{
    private const int Bins = 61;
    private const int Width = 380;
    private const int Height = 280;
    private const int MostColumns = 4;

    /// <summary>The axis ends where this fraction of the errors does: a few outliers would squeeze the rest.</summary>
    private const double Shown = 0.99;

    /// <summary>Writes the picture as PNG.</summary>
    public static void Write(string path, MoleculeEvaluation evaluation)
    {
        var targets = evaluation.Targets;
        var columns = Math.Min(MostColumns, targets.Count);
        var scale = targets.Count == 1 ? 2 : 1;
        var figure = new PlotFigure(columns, (targets.Count + columns - 1) / columns, scale * Width, scale * Height);
        for (var t = 0; t < targets.Count; t++)
        {
            var errors = evaluation.Predicted.Zip(evaluation.True, (p, y) => p[t] - y[t]).ToArray();
            var edge = errors.Select(Math.Abs).Order().ElementAt((int)(Shown * (errors.Length - 1)));
            if (!(edge > 0)) edge = 1;
            Draw(figure[t], errors, edge);
            figure[t].Title(targets[t].Name);
            figure[t].XLabel($"predicted - true, {targets[t].Unit}");
            figure[t].YLabel("molecules");
        }
        figure.Write(path, FormattableString.Invariant(
            $"Errors of {evaluation.Count:N0} test molecules ({100 * Shown:F0} % are shown)"));
    }

    private static void Draw(Plot plot, double[] errors, double edge)
    {
        var counts = new double[Bins];
        var width = 2 * edge / Bins;
        foreach (var error in errors.Where(error => Math.Abs(error) <= edge))
            counts[Math.Min(Bins - 1, (int)((error + edge) / width))]++;
        var bars = plot.Add.Bars(
            Enumerable.Range(0, Bins).Select(i => -edge + (i + 0.5) * width).ToArray(), counts);
        foreach (var bar in bars.Bars)
        {
            bar.Size = width;
            bar.LineWidth = 0;
            bar.FillColor = PlotFigure.ColorOf(0);
        }
        plot.Axes.Margins(bottom: 0);
    }
}
