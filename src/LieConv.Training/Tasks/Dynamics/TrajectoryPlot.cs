using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Draws predicted trajectories over the true ones, a colour a particle; in space by two
/// projections.</summary>
public static class TrajectoryPlot
{
    private const int MaxSystems = 4;
    private const int PanelSize = 440;
    private const float LargestDot = 14;
    private const float SmallestDot = 5;

    /// <summary>How far a wrong prediction may stretch a panel, in sizes of the true motion.</summary>
    private const double MaxStretch = 0.25;

    /// <summary>Writes the picture as PNG: up to four systems of the report.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="report">The rollout, with at least one trajectory.</param>
    /// <exception cref="ArgumentException">If the report is not valid or has no trajectories.</exception>
    public static void Write(string path, RolloutReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Validate();
        if (report.Trajectories.Length == 0)
            throw new ArgumentException("The rollout has no trajectories to draw.", nameof(report));
        var systems = report.Trajectories.Take(MaxSystems).ToArray();
        var projections = systems.Any(system => system.Dimensions == 3) ? 2 : 1;
        var columns = Math.Min(2, systems.Length) * projections;
        var rows = (systems.Length + 1) / 2;
        var figure = new PlotFigure(columns, rows, PanelSize, PanelSize);
        figure.AddLine("true", Colors.Black, LinePattern.Solid);
        figure.AddLine("predicted", Colors.Black, LinePattern.Dotted);
        figure.AddDot("start, sized by mass", Colors.Black, 5);
        for (var i = 0; i < systems.Length; i++)
            for (var k = 0; k < Math.Min(projections, systems[i].Dimensions - 1); k++)
            {
                var side = projections == 1 ? "" : k == 0 ? ", seen along z" : ", seen along y";
                Draw(figure[i * projections + k], systems[i], k + 1, $"system {i + 1}{side}");
            }
        figure.Write(path, FormattableString.Invariant(
            $"{report.Label} on {report.System}, to time {report.Times[^1]:0.###}"));
    }

    private static void Draw(Plot plot, RolloutTrajectory system, int vertical, string name)
    {
        var heaviest = system.Masses.Max();
        for (var particle = 0; particle < system.Masses.Length; particle++)
        {
            var color = PlotFigure.ColorOf(particle);
            var (xs, ys) = Path(system.True, particle, vertical);
            PlotCurves.Line(plot, xs, ys, color, LinePattern.Solid, 1.5f);
            var (predictedXs, predictedYs) = Path(system.Predicted, particle, vertical);
            PlotCurves.Line(plot, predictedXs, predictedYs, color, LinePattern.Dotted, 2);
        }
        for (var particle = 0; particle < system.Masses.Length; particle++) // above all lines
        {
            var start = system.True[0][particle];
            var size = Math.Max(SmallestDot, LargestDot * (float)Math.Sqrt(system.Masses[particle] / heaviest));
            plot.Add.Marker(start[0], start[vertical], MarkerShape.FilledCircle, size, PlotFigure.ColorOf(particle));
        }
        SetLimits(plot, system, vertical);
        plot.Title(name);
        plot.XLabel("x");
        plot.YLabel(vertical == 1 ? "y" : "z");
    }

    private static void SetLimits(Plot plot, RolloutTrajectory system, int vertical)
    {
        var (left, right) = Span(system, 0);
        var (bottom, top) = Span(system, vertical);
        var half = 0.55 * Math.Max(Math.Max(right - left, top - bottom), 1e-9);
        var (x, y) = ((left + right) / 2, (bottom + top) / 2);
        plot.Axes.SetLimits(x - half, x + half, y - half, y + half);
        plot.Axes.SquareUnits();
    }

    private static (double Low, double High) Span(RolloutTrajectory system, int axis)
    {
        var truth = Values(system.True, axis).ToArray();
        var (low, high) = (truth.Min(), truth.Max());
        var stretch = MaxStretch * (high - low);
        double[] near = [.. Values(system.Predicted, axis).Where(double.IsFinite), low];
        return (Math.Max(Math.Min(low, near.Min()), low - stretch),
            Math.Min(Math.Max(high, near.Max()), high + stretch));
    }

    private static IEnumerable<double> Values(double[][][] positions, int axis) =>
        positions.SelectMany(frame => frame.Select(point => point[axis]));

    private static (double[] Xs, double[] Ys) Path(double[][][] positions, int particle, int vertical) =>
        ([.. positions.Select(frame => frame[particle][0])], [.. positions.Select(frame => frame[particle][vertical])]);
}
