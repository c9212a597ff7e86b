using LieConv.Training.Figures;
using ScottPlot;

namespace LieConv.Training.Pictures;

/// <summary>Draws a reliability diagram: how often predictions of each confidence are right, beside how many there
/// are.</summary>
internal static class ReliabilityPlot
{
    private const int Panel = 460;

    /// <summary>Fewer predictions than these say little about how often such are right: their bar is pale.</summary>
    private const int FewExamples = 10;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reliability">What was counted.</param>
    /// <param name="examples">What the examples are called, such as test sets.</param>
    public static void Write(string path, Reliability reliability, string examples)
    {
        var bins = reliability.Bins;
        var figure = new PlotFigure(2, 1, Panel, Panel);
        DrawAccuracy(figure[0], bins);
        DrawCounts(figure[1], bins, examples);
        figure.AddLine("as often right as said", Colors.Black, LinePattern.Dashed);
        figure.AddDot("right", PlotFigure.ColorOf(0), 7);
        figure.AddDot(FormattableString.Invariant($"of fewer than {FewExamples} {examples}"), Pale, 7);
        figure.AddDot("less often than said", TooSure, 7);
        figure.AddDot("more often than said", NotSureEnough, 7);
        figure.Write(path, FormattableString.Invariant(
            $"Calibration of {reliability.Count:N0} {examples}: expected error {100 * reliability.ExpectedError:F2} %"));
    }

    private static Color Pale => PlotFigure.ColorOf(0).WithAlpha(0.35);

    private static Color TooSure => PlotFigure.ColorOf(3).WithAlpha(0.35);

    private static Color NotSureEnough => PlotFigure.ColorOf(2).WithAlpha(0.45);

    private static void DrawAccuracy(Plot plot, IReadOnlyList<ReliabilityBin> bins)
    {
        foreach (var bin in bins.Where(bin => bin.Count > 0))
        {
            var (low, high) = (Math.Min(bin.Accuracy, bin.Confidence), Math.Max(bin.Accuracy, bin.Confidence));
            Fill(plot, bin, 0, low, bin.Count < FewExamples ? Pale : PlotFigure.ColorOf(0));
            Fill(plot, bin, low, high, bin.Confidence > bin.Accuracy ? TooSure : NotSureEnough);
        }
        var line = plot.Add.Line(0, 0, 1, 1);
        line.LineColor = Colors.Black;
        line.LineWidth = 2;
        line.LinePattern = LinePattern.Dashed;
        plot.Title("How often such predictions are right");
        plot.XLabel("probability of the predicted class");
        plot.YLabel("fraction right");
        plot.Axes.SetLimits(0, 1, 0, 1);
    }

    private static void Fill(Plot plot, ReliabilityBin bin, double low, double high, Color color)
    {
        var bar = plot.Add.Rectangle(bin.Low, bin.High, low, high);
        bar.FillColor = color;
        bar.LineColor = Colors.White;
        bar.LineWidth = 1;
    }

    private static void DrawCounts(Plot plot, IReadOnlyList<ReliabilityBin> bins, string examples)
    {
        var all = bins.Sum(bin => bin.Count);
        foreach (var bin in bins.Where(bin => bin.Count > 0)) Fill(plot, bin, 0, (double)bin.Count / all, PlotFigure.ColorOf(0));
        plot.Title("How many there are");
        plot.XLabel("probability of the predicted class");
        plot.YLabel($"fraction of the {examples}");
        plot.Axes.SetLimits(0, 1, 0, 1.05 * bins.Max(bin => (double)bin.Count / all));
    }
}
