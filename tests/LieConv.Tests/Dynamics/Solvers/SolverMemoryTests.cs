using LieConv.Dynamics.Solvers;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>The number of live tensors does not grow with the number of steps.</summary>
public sealed class SolverMemoryTests
{
    private const int Steps = 2_000;

    private static readonly AdaptiveOptions Small = new() { InitialStep = 1.0 / Steps, MaximumStep = 1.0 / Steps };

    public static TheoryData<string> Names() => [.. OdeSolvers.Known];

    [Theory]
    [MemberData(nameof(Names))]
    [NoTensorLeaks]
    public void Solve_ManySteps_KeepsTheNumberOfTensors(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        OdeSolver solver = name switch
        {
            "euler" => new Euler(Steps),
            "midpoint" => new Midpoint(Steps),
            "rk4" => new RungeKutta38(Steps),
            "rk4-classical" => new RungeKutta4(Steps),
            "leapfrog" => new Leapfrog(Steps),
            "yoshida4" => new Yoshida4(Steps),
            "bosh3" => new BogackiShampine(Small),
            _ => new DormandPrince(Small),
        };
        List<long> live = [];
        var solution = solver.Solve(
            (time, state) =>
            {
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                return ExactProblems.Pendulum(time, state);
            },
            ExactProblems.Pendulums(1), [0, 1]);
        Assert.InRange(solution.Steps, Steps, Steps + 1);
        var perStep = (int)(solution.Evaluations / solution.Steps);
        // From the second step on, each step sees what the one before saw.
        var (early, late) = (live[(2 * perStep)..(100 * perStep)].Max(), live[^(100 * perStep)..].Max());
        Assert.Equal(early, late);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Solve_ManyTimes_KeepsOneStateForEach(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var initial = ExactProblems.Pendulums(1, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var solution = OdeSolvers.Parse(name).Solve(ExactProblems.Pendulum, initial, ExactProblems.Even(0, 1, 100));
        Assert.Equal([101, 2, 2, 1, 1], solution.States.shape);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Solve_Result_LeavesTheCallersStateAlive()
    {
        using var scope = NewDisposeScope();
        var initial = ExactProblems.Pendulums(1, 2);
        foreach (var name in OdeSolvers.Known)
        {
            OdeSolvers.Parse(name).Solve(ExactProblems.Pendulum, initial, [0, 0.1, 0.2]);
            Assert.False(initial.IsInvalid);
        }
    }
}
