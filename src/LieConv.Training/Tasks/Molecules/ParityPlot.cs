using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Draws predicted against true values, a panel for each target.</summary>
internal static class ParityPlot
{
    private const int Panel = 380;
    private const int MostColumns = 4;

    /// <summary>Dots beyond this only make the cloud blacker.</summary>
    private const int MostDots = 4000;

    /// <summary>Writes the picture as PNG.</summary>
    public static void Write(string path, MoleculeEvaluation evaluation)
    {
        var targets = evaluation.Targets;
        var columns = Math.Min(MostColumns, targets.Count);
        var size = targets.Count == 1 ? (int)(1.6 * Panel) : Panel;
        var figure = new PlotFigure(columns, (targets.Count + columns - 1) / columns, size, size);
        for (var t = 0; t < targets.Count; t++)
        {
            var plot = figure[t];
            var truth = evaluation.True.Take(MostDots).Select(values => values[t]).ToArray();
            var predicted = evaluation.Predicted.Take(MostDots).Select(values => values[t]).ToArray();
            var (low, high) = (truth.Min(), truth.Max());
            var line = plot.Add.Line(low, low, high, high);
            line.LineColor = Colors.Gray;
            line.LineWidth = 1;
            var dots = plot.Add.ScatterPoints(truth, predicted);
            dots.MarkerSize = 3;
            dots.Color = PlotFigure.ColorOf(0).WithAlpha(0.4);
            plot.Title(FormattableString.Invariant(
                $"{targets[t].Name}: MAE {evaluation.AbsoluteErrors(t).Average():G3} {targets[t].Unit}"));
            plot.XLabel($"true, {targets[t].Unit}");
            plot.YLabel("predicted");
            plot.Axes.SetLimits(low, high, low, high);
        }
        figure.Write(path, FormattableString.Invariant($"Predicted against true, {evaluation.Count:N0} test molecules"));
    }
}
