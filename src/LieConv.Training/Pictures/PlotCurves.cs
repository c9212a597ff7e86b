using ScottPlot;

namespace LieConv.Training.Pictures;

/// <summary>Curves and bands with gaps where a number is not finite: a prediction that blew up ends its line.</summary>
internal static class PlotCurves
{
    public static void Line(Plot plot, double[] xs, double[] ys, Color color, LinePattern pattern, float width = 2)
    {
        foreach (var run in FiniteRuns(xs, ys))
        {
            var line = plot.Add.ScatterLine(xs[run], ys[run], color);
            line.LineWidth = width;
            line.LinePattern = pattern;
        }
    }

    public static void Band(Plot plot, double[] xs, double[] low, double[] high, Color color)
    {
        foreach (var run in FiniteRuns(xs, [.. low.Zip(high, (a, b) => a + b)]))
        {
            var band = plot.Add.FillY(xs[run], low[run], high[run]);
            band.FillColor = color.WithAlpha(0.15);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }
    }

    private static IEnumerable<System.Range> FiniteRuns(double[] xs, double[] ys)
    {
        var start = 0;
        for (var i = 0; i <= ys.Length; i++)
        {
            if (i < ys.Length && double.IsFinite(xs[i]) && double.IsFinite(ys[i])) continue;
            if (i > start) yield return start..i;
            start = i + 1;
        }
    }
}
