using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>The error of each solver falls with its order's power of the step.</summary>
public sealed class SolverOrderTests
{
    private const double SlopeTolerance = 0.15;

    [Theory]
    [InlineData("euler", 64)]
    [InlineData("midpoint", 32)]
    [InlineData("rk4", 12)]
    [InlineData("rk4-classical", 12)]
    public void Solve_FixedSteps_ConvergesWithItsOrder(string name, int coarsest)
    {
        using var scope = NewDisposeScope();
        var solver = OdeSolvers.Parse(name);
        var initial = tensor(new[,] { { 1.0, -0.5 }, { 2.0, 0.3 } });
        AssertOrder(solver.Order, coarsest, count => ExactProblems.Distance(
            solver.Solve(ExactProblems.Growth, initial, ExactProblems.Even(0.2, 2, count)).States[-1],
            ExactProblems.Grown(initial, 0.2, 2)));
    }

    [Theory]
    [InlineData("leapfrog", 40)]
    [InlineData("yoshida4", 40)]
    public void Solve_SymplecticSteps_ConvergesWithItsOrder(string name, int coarsest)
    {
        using var scope = NewDisposeScope();
        var solver = OdeSolvers.Parse(name);
        var initial = ExactProblems.Pendulums(0.5, 1.5, 2.5);
        var exact = new DormandPrince(new AdaptiveOptions { RelativeTolerance = 1e-13, AbsoluteTolerance = 1e-13 })
            .Solve(ExactProblems.Pendulum, initial, [0, 3]).States[-1];
        AssertOrder(solver.Order, coarsest, count => ExactProblems.Distance(
            solver.Solve(ExactProblems.Pendulum, initial, ExactProblems.Even(0, 3, count)).States[-1], exact));
    }

    [Theory]
    [InlineData("bosh3", 64)]
    [InlineData("dopri5", 20)]
    public void Solve_AdaptiveStepsOfOneSize_ConvergesWithItsOrder(string name, int coarsest)
    {
        using var scope = NewDisposeScope();
        var initial = tensor(new[,] { { 1.0, -0.5 }, { 2.0, 0.3 } });
        AssertOrder(OdeSolvers.Parse(name).Order, coarsest, count => ExactProblems.Distance(
            Even(name, 1.8 / count).Solve(ExactProblems.Growth, initial, [0.2, 2]).States[-1],
            ExactProblems.Grown(initial, 0.2, 2)));
    }

    [Theory]
    [InlineData("bosh3", 1e-4)]
    [InlineData("dopri5", 2e-6)]
    public void Solve_TimesInsideTheSteps_InterpolatesAsWellAsItSteps(string name, double allowed)
    {
        using var scope = NewDisposeScope();
        var initial = tensor(new[,] { { 1.0 }, { 2.0 } });
        var times = ExactProblems.Even(0, 3, 37);
        var dense = Even(name, 0.1).Solve(ExactProblems.Growth, initial, times);
        Assert.InRange(dense.Steps, 2 * 30, 2 * 31);
        for (var i = 0; i < times.Length; i++)
            Assert.InRange(
                ExactProblems.Distance(dense.States[i], ExactProblems.Grown(initial, 0, times[i])), 0, allowed);
    }

    private static AdaptiveSolver Even(string name, double step)
    {
        var options = new AdaptiveOptions
        {
            RelativeTolerance = 1e3, AbsoluteTolerance = 1e3, InitialStep = step, MaximumStep = step,
        };
        return name == "bosh3" ? new BogackiShampine(options) : new DormandPrince(options);
    }

    /// <summary>Fits log error against log step.</summary>
    private static void AssertOrder(int order, int coarsest, Func<int, double> error)
    {
        int[] counts = [coarsest, 2 * coarsest, 4 * coarsest, 8 * coarsest];
        var points = counts.Select(count => (X: -Math.Log(count), Y: Math.Log(error(count)))).ToArray();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        Assert.InRange(slope, order - SlopeTolerance, order + SlopeTolerance);
    }
}
