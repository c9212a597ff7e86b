using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Draws how energy, linear and angular momentum drift along predictions, and beside them the drift of the
/// true motion's solver.</summary>
public static class ConservationPlot
{
    private const int Width = 480;
    private const int Height = 380;

    private static readonly Quantity[] Quantities =
    [
        new("energy", of => of.EnergyDriftPredicted, of => of.EnergyDriftTrue),
        new("linear momentum", of => of.LinearMomentumDriftPredicted, of => of.LinearMomentumDriftTrue),
        new("angular momentum", of => of.AngularMomentumDriftPredicted, of => of.AngularMomentumDriftTrue),
    ];

    /// <summary>Writes the picture as PNG: a panel for each quantity that was measured.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="reports">Rollouts of one system, a network each.</param>
    /// <exception cref="ArgumentException">If there are none, or one is not valid.</exception>
    public static void Write(string path, params IReadOnlyList<RolloutReport> reports)
    {
        RolloutPlot.Check(reports);
        var measured = Quantities.Where(q => reports.Any(report => q.Predicted(report).Length > 0)).ToArray();
        var figure = new PlotFigure(measured.Length, 1, measured.Length == 1 ? 2 * Width : Width, Height);
        for (var i = 0; i < reports.Count; i++)
            figure.AddLine(reports[i].Label, PlotFigure.ColorOf(i), LinePattern.Solid);
        figure.AddLine("true motion", Colors.Black, LinePattern.Dotted);
        for (var panel = 0; panel < measured.Length; panel++)
        {
            var (name, predicted, truth) = measured[panel];
            List<double[]> curves = [];
            for (var i = 0; i < reports.Count; i++)
            {
                var color = PlotFigure.ColorOf(i);
                Draw(figure[panel], reports[i].Times, predicted(reports[i]), color, LinePattern.Solid, curves);
            }

            // All rollouts of a system have one truth: the first that measured it stands for all.
            if (reports.FirstOrDefault(report => truth(report).Length > 0) is { } first)
                Draw(figure[panel], first.Times, truth(first), Colors.Black, LinePattern.Dotted, curves);
            RolloutPlot.FrameTimes(figure[panel], reports, panel == 0 ? figure : null);
            LogAxis.SetDecades(figure[panel].Axes.Left, RolloutPlot.Started(curves));
            figure[panel].Title(name);
            if (panel == 0) figure[panel].YLabel("relative drift");
        }
        figure.Write(path, $"Conservation along rollouts of {reports[0].System}");
    }

    private static void Draw(
        Plot plot, double[] times, double[] drift, Color color, LinePattern pattern, List<double[]> curves)
    {
        if (drift.Length == 0) return;
        double[] logarithms = [.. drift.Select(LogAxis.Log)];
        PlotCurves.Line(plot, times, logarithms, color, pattern);
        curves.Add(logarithms);
    }

    private sealed record Quantity(
        string Name, Func<RolloutReport, double[]> Predicted, Func<RolloutReport, double[]> True);
}
