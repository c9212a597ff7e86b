using LieConv.Dynamics.Solvers;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>The number of live tensors does not grow with the number of steps.</summary>
public sealed class SolverMemoryTests
{
    private static readonly AdaptiveOptions Small = new() { InitialStep = 1e-4, MaximumStep = 1e-4 };

    public static TheoryData<string> Names() => [.. OdeSolvers.Known];

    [Theory]
    [MemberData(nameof(Names))]
    [NoTensorLeaks]
    public void Solve_TenThousandSteps_KeepsTheNumberOfTensors(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        OdeSolver solver = name switch
        {
            "euler" => new Euler(10_000),
            "midpoint" => new Midpoint(10_000),
            "rk4" => new RungeKutta38(10_000),
            "rk4-classical" => new RungeKutta4(10_000),
            "leapfrog" => new Leapfrog(10_000),
            "yoshida4" => new Yoshida4(10_000),
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
        Assert.InRange(solution.Steps, 10_000, 10_001);
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
