using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

public sealed class AdaptiveSolverTests
{
    private static readonly double[] Frequencies = [0.5, 3, 11];

    [Theory]
    [InlineData("bosh3", 1e-5)]
    [InlineData("dopri5", 1e-5)]
    [InlineData("dopri5", 1e-9)]
    public void Solve_Tolerances_AreMet(string name, double tolerance)
    {
        using var scope = NewDisposeScope();
        var initial = Start();
        foreach (var times in (double[][])[[0, 0.4, 2], [2, 1.9, 0]])
        {
            var states = Solver(name, tolerance).Solve(ExactProblems.Oscillators(Frequencies), initial, times).States;
            for (var i = 0; i < times.Length; i++)
            {
                var phases = tensor(Frequencies) * (times[i] - times[0]);
                Assert.InRange(ExactProblems.Distance(states[i, TensorIndex.Colon, 0], phases.cos()), 0, 100 * tolerance);
            }
        }
    }

    [Theory]
    [InlineData("bosh3")]
    [InlineData("dopri5")]
    public void Solve_PerItem_DoesNotDependOnTheBatch(string name)
    {
        using var scope = NewDisposeScope();
        var (initial, times) = (Start(), ExactProblems.Even(0, 2, 7));
        var together = Solver(name, 1e-6).Solve(ExactProblems.Oscillators(Frequencies), initial, times);
        long steps = 0, evaluations = 0;
        for (var i = 0; i < Frequencies.Length; i++)
        {
            var alone = Solver(name, 1e-6).Solve(ExactProblems.Oscillators(Frequencies[i]), initial[i..(i + 1)], times);
            var difference = ExactProblems.Distance(
                alone.States[TensorIndex.Colon, 0], together.States[TensorIndex.Colon, i]);
            Assert.InRange(difference, 0, 1e-12);
            (steps, evaluations) = (steps + alone.Steps, Math.Max(evaluations, alone.Evaluations));
        }
        Assert.Equal(steps, together.Steps);
        Assert.Equal(evaluations, together.Evaluations);
    }

    [Fact]
    public void Solve_WholeBatch_DependsOnTheBatch()
    {
        using var scope = NewDisposeScope();
        var solver = Solver("dopri5", 1e-6, ErrorControl.WholeBatch);
        var together = solver.Solve(ExactProblems.Oscillators(Frequencies), Start(), [0, 2]).States;
        var alone = solver.Solve(ExactProblems.Oscillators(Frequencies[0]), Start()[..1], [0, 2]).States;
        Assert.True(ExactProblems.Distance(alone[1, 0], together[1, 0]) > 1e-12);
    }

    [Theory]
    [InlineData(ErrorControl.PerItem, 1)]
    [InlineData(ErrorControl.WholeBatch, 0)]
    public void Solve_Times_ComeAsTheFieldExpectsThem(ErrorControl control, int dimensions)
    {
        using var scope = NewDisposeScope();
        Solver("bosh3", 1e-4, control).Solve(
            (time, state) =>
            {
                Assert.Equal((ScalarType.Float64, dimensions), (time.dtype, (int)time.dim()));
                return ExactProblems.Growth(time, state);
            },
            ones(3, 2), [0, 1]);
    }

    [Fact]
    public void Solve_Evaluations_FollowFromTheSteps()
    {
        using var scope = NewDisposeScope();
        var solution = Solver("dopri5", 1e-8, ErrorControl.WholeBatch)
            .Solve(ExactProblems.Pendulum, ExactProblems.Pendulums(1, 3), [0, 5, 10]);
        Assert.Equal(2 + 6 * (solution.Steps + solution.Rejected), solution.Evaluations);
        Assert.True(solution.Steps > 10);
    }

    [Fact]
    public void Solve_TooManySteps_SaysWhoAndWhere()
    {
        using var scope = NewDisposeScope();
        var solver = new DormandPrince(new AdaptiveOptions { MaximumSteps = 40 });
        var error = Assert.Throws<IntegrationFailedException>(
            () => solver.Solve(ExactProblems.Oscillators(Frequencies), Start(), [0, 2]));
        Assert.Contains("item 2 took MaximumSteps = 40", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorControl.PerItem)]
    [InlineData(ErrorControl.WholeBatch)]
    public void Solve_StateThatGrowsWithoutBound_FailsWithASentence(ErrorControl control)
    {
        using var scope = NewDisposeScope();
        var solver = Solver("dopri5", 1e-6, control);
        Assert.Throws<IntegrationFailedException>(() => solver.Solve((_, state) => state * state, ones(2, 1), [0, 2]));
        Assert.Throws<IntegrationFailedException>(() => solver.Solve((_, state) => state / 0.0 * 0.0, ones(2, 1), [0, 2]));
    }

    [Fact]
    public void Solve_FirstStepsIntoNotANumber_GivesFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var solver = new DormandPrince(new AdaptiveOptions { InitialStep = 3 });
        var initial = tensor(new[,] { { 1.0 }, { 9.0 } }).requires_grad_();
        // y(t) = (sqrt(y(0)) - t/2)², whose field is not a number for the first item's first steps.
        var solution = solver.Solve((_, state) => -state.sqrt(), initial, [0, 1]);
        solution.States[1].sum().backward();
        Assert.True(solution.Rejected > 0);
        Assert.InRange(ExactProblems.Distance(initial.grad!.flatten(), tensor(new[] { 0.5, 2.5 / 3 })), 0, 1e-4);
    }

    [Fact]
    public void Solve_ItemThatIsDone_StaysDone()
    {
        using var scope = NewDisposeScope();
        var times = new List<double>();
        Solver("dopri5", 1e-6).Solve(
            (time, state) =>
            {
                times.Add(time.max().item<double>());
                return ExactProblems.Oscillators(Frequencies)(time, state);
            },
            Start(), [0, 1]);
        Assert.InRange(times.Max(), 1, 3);
    }

    [Fact]
    public void Validate_BadOptions_ListsAllErrors()
    {
        var options = new AdaptiveOptions
        {
            RelativeTolerance = -1, AbsoluteTolerance = 0, MaximumSteps = 0, InitialStep = 0, MaximumStep = double.NaN,
            Control = (ErrorControl)7,
        };
        Assert.Equal(6, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new DormandPrince(options));
    }

    private static Tensor Start() => tensor(new[,] { { 1.0, 0.0 }, { 1.0, 0.0 }, { 1.0, 0.0 } });

    private static AdaptiveSolver Solver(
        string name, double tolerance, ErrorControl control = ErrorControl.PerItem)
    {
        var options = new AdaptiveOptions
        {
            RelativeTolerance = tolerance, AbsoluteTolerance = tolerance, Control = control,
        };
        return name == "bosh3" ? new BogackiShampine(options) : new DormandPrince(options);
    }
}
