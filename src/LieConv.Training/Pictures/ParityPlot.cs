using ScottPlot;

namespace LieConv.Training.Pictures;

/// <summary>Draws predicted against true values, a panel for each target; intervals are a band about the diagonal, so that
/// a dot in it is one that its interval covers.</summary>
internal static class ParityPlot
{
    private const int Panel = 380;
    private const int MostColumns = 4;

    private const int FewDots = 200;

    /// <summary>Room around the true values, as a part of their range.</summary>
    private const double Margin = 0.03;

    /// <summary>Dots beyond this only make the cloud blacker.</summary>
    private const int MostDots = 4000;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">The targets, at least one.</param>
    /// <param name="heading">What is above them.</param>
    /// <param name="interval">What the band is, for the legend; null for none.</param>
    public static void Write(string path, IReadOnlyList<ParityPanel> targets, string heading, string? interval = null)
    {
        var columns = Math.Min(MostColumns, targets.Count);
        var size = targets.Count == 1 ? (int)(1.6 * Panel) : Panel;
        var figure = new PlotFigure(columns, (targets.Count + columns - 1) / columns, size, size);
        for (var t = 0; t < targets.Count; t++) Draw(figure[t], targets[t]);
        if (interval is not null) figure.AddLine(interval, PlotFigure.ColorOf(1), LinePattern.Solid);
        figure.Write(path, heading);
    }

    private static Color BandColor => PlotFigure.ColorOf(1).WithAlpha(0.25);

    private static void Draw(Plot plot, ParityPanel target)
    {
        // Evenly over all: files are often sorted.
        var step = Math.Max(1, (int)Math.Ceiling((double)target.True.Count / MostDots));
        var shown = Enumerable.Range(0, target.True.Count).Where(i => i % step == 0).ToArray();
        double[] truth = [.. shown.Select(i => target.True[i])];
        double[] predicted = [.. shown.Select(i => target.Predicted[i])];
        var (low, high) = (truth.Min(), truth.Max());
        if (target.Reach is { } reach && double.IsFinite(reach))
        {
            var band = plot.Add.Polygon(
                [new(low, low - reach), new(high, high - reach), new(high, high + reach), new(low, low + reach)]);
            band.FillColor = BandColor;
            band.LineWidth = 0;
        }
        var line = plot.Add.Line(low, low, high, high);
        line.LineColor = Colors.Gray;
        line.LineWidth = 1;
        var dots = plot.Add.ScatterPoints(truth, predicted);
        dots.MarkerSize = shown.Length > FewDots ? 3 : 6;
        dots.Color = PlotFigure.ColorOf(0).WithAlpha(0.4);
        if (target.Reach is { } edge && double.IsFinite(edge))
            foreach (var side in new[] { -edge, edge })
            {
                var end = plot.Add.Line(low, low + side, high, high + side); // over the dots, which hide the band
                end.LineColor = PlotFigure.ColorOf(1);
                end.LineWidth = 1.5f;
            }
        var unit = target.Unit.Length == 0 ? "" : $" {target.Unit}";
        plot.Title(FormattableString.Invariant($"{target.Name}: MAE {target.Mae:G3}{unit}"));
        plot.XLabel(target.Unit.Length == 0 ? "true" : $"true, {target.Unit}");
        plot.YLabel("predicted");
        var margin = high > low ? Margin * (high - low) : 1;
        plot.Axes.SetLimits(low - margin, high + margin, low - margin, high + margin);
    }
}
