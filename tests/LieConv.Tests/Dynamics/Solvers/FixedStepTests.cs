using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

public sealed class FixedStepTests
{
    private static readonly string[] FixedNames = ["euler", "midpoint", "rk4", "rk4-classical", "leapfrog", "yoshida4"];

    [Theory]
    [InlineData("euler", 10)]
    [InlineData("midpoint", 20)]
    [InlineData("rk4", 40)]
    [InlineData("rk4-classical", 40)]
    [InlineData("leapfrog", 21)]
    [InlineData("yoshida4", 61)]
    public void Solve_TenSteps_CountsEveryEvaluation(string name, long expected)
    {
        using var scope = NewDisposeScope();
        var calls = 0L;
        var solution = OdeSolvers.Parse(name).Solve(
            (time, state) =>
            {
                calls++;
                return ExactProblems.Pendulum(time, state);
            },
            ExactProblems.Pendulums(1), ExactProblems.Even(0, 1, 10));
        Assert.Equal((expected, expected, 10, 0), (calls, solution.Evaluations, solution.Steps, solution.Rejected));
    }

    [Fact]
    public void Solve_Substeps_EqualsStepsBetweenMoreTimes()
    {
        using var scope = NewDisposeScope();
        var initial = ExactProblems.Pendulums(0.3, 2);
        OdeSolver[] divided =
        [
            new Euler(4), new Midpoint(4), new RungeKutta38(4), new RungeKutta4(4), new Leapfrog(4), new Yoshida4(4),
        ];
        foreach (var solver in divided)
        {
            var coarse = solver.Solve(ExactProblems.Pendulum, initial, ExactProblems.Even(0, 2, 5));
            var fine = OdeSolvers.Parse(solver.Name).Solve(ExactProblems.Pendulum, initial, ExactProblems.Even(0, 2, 20));
            Assert.Equal(fine.Steps, coarse.Steps);
            Assert.InRange(ExactProblems.Distance(coarse.States[-1], fine.States[-1]), 0, 1e-13);
        }
    }

    [Theory]
    [InlineData("leapfrog")]
    [InlineData("yoshida4")]
    public void Solve_SymplecticThereAndBack_Returns(string name)
    {
        using var scope = NewDisposeScope();
        var (solver, initial) = (OdeSolvers.Parse(name), ExactProblems.Pendulums(0.5, 2.8));
        var there = solver.Solve(ExactProblems.Pendulum, initial, ExactProblems.Even(0, 20, 200)).States[-1];
        var back = solver.Solve(ExactProblems.Pendulum, there, ExactProblems.Even(20, 0, 200)).States[-1];
        Assert.InRange(ExactProblems.Distance(initial, back), 0, 1e-10);
    }

    [Fact]
    public void Solve_LongRun_KeepsTheEnergyWhereEulerDoesNot()
    {
        using var scope = NewDisposeScope();
        var (initial, times) = (ExactProblems.Pendulums(1.2), ExactProblems.Even(0, 500, 5000));
        Assert.InRange(Swing(new Leapfrog(), initial, times), 0, 3e-3);
        Assert.InRange(Swing(new Yoshida4(), initial, times), 0, 1e-4);
        Assert.True(Swing(new Euler(), initial, times) > 0.5);
    }

    [Fact]
    public void Solve_LeapfrogStep_KeepsTheSymplecticForm()
    {
        using var scope = NewDisposeScope();
        var initial = ExactProblems.Pendulums(0.9).requires_grad_();
        Assert.InRange(Determinant(new Leapfrog(), initial), 1 - 1e-12, 1 + 1e-12);
        Assert.InRange(Determinant(new Yoshida4(), initial), 1 - 1e-12, 1 + 1e-12);
        Assert.False(Math.Abs(Determinant(new Midpoint(), initial) - 1) < 1e-6);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.0, 1.0, 0.5)]
    [InlineData(1.0, 0.0, 0.5)]
    [InlineData(0.0, double.NaN)]
    [InlineData]
    public void Solve_BadTimes_SaysSo(params double[] times)
    {
        using var scope = NewDisposeScope();
        foreach (var name in OdeSolvers.Known)
        {
            var error = Assert.Throws<ArgumentException>(
                () => OdeSolvers.Parse(name).Solve(ExactProblems.Pendulum, ExactProblems.Pendulums(1), times));
            Assert.Equal("times", error.ParamName);
        }
    }

    [Fact]
    public void Solve_OneTime_GivesTheInitialState()
    {
        using var scope = NewDisposeScope();
        var initial = ExactProblems.Pendulums(1, 2);
        foreach (var name in OdeSolvers.Known)
        {
            var solution = OdeSolvers.Parse(name).Solve(ExactProblems.Pendulum, initial, [3]);
            Assert.Equal(0, solution.Evaluations);
            Assert.Equal(0, ExactProblems.Distance(solution.States[0], initial));
        }
    }

    [Fact]
    public void Solve_SinglePrecision_StaysInIt()
    {
        using var scope = NewDisposeScope();
        var initial = ExactProblems.Pendulums(1, 2).to_type(ScalarType.Float32);
        foreach (var name in OdeSolvers.Known)
            Assert.Equal(
                ScalarType.Float32,
                OdeSolvers.Parse(name).Solve(ExactProblems.Pendulum, initial, [0, 0.1, 0.2]).States.dtype);
    }

    [Fact]
    public void Solve_FieldOfAnotherShape_SaysSo()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(
            () => new Euler().Solve((_, state) => state.sum([0L]), ones(3, 2), [0, 1]));
        Assert.Contains("field gives shape (2)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_SymplecticOnOtherStates_SaysSo() =>
        Assert.Equal("initial", Assert.Throws<ArgumentException>(
            () => new Leapfrog().Solve((_, state) => state, ones(3, 4), [0, 1])).ParamName);

    [Fact]
    public void Constructor_NoSubsteps_SaysSo() => Assert.Throws<ArgumentOutOfRangeException>(() => new Euler(0));

    [Fact]
    public void Parse_EveryKnownName_GivesTheSolverOfThatName() =>
        Assert.All(OdeSolvers.Known, name => Assert.Equal(name, OdeSolvers.Parse(name).Name));

    [Fact]
    public void Parse_UnknownName_ListsTheNames()
    {
        var error = Assert.Throws<ArgumentException>(() => OdeSolvers.Parse("rk5"));
        Assert.All(OdeSolvers.Known, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.All(FixedNames, name => Assert.IsAssignableFrom<FixedStepSolver>(OdeSolvers.Parse(name)));
    }

    private static double Swing(OdeSolver solver, Tensor initial, double[] times)
    {
        var states = solver.Solve(ExactProblems.Pendulum, initial, times).States.squeeze(1);
        var energies = ExactProblems.PendulumEnergy(states);
        return (energies - energies[0]).abs().max().item<double>();
    }

    /// <summary>The determinant of the map of one step, which a symplectic map of one particle keeps at 1.</summary>
    private static double Determinant(OdeSolver solver, Tensor initial)
    {
        var end = solver.Solve(ExactProblems.Pendulum, initial, [0, 0.3]).States[-1].flatten();
        var rows = new double[2][];
        for (var i = 0; i < 2; i++)
            rows[i] = autograd.grad([end[i]], [initial], retain_graph: true)[0].flatten().data<double>().ToArray();
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0];
    }
}
