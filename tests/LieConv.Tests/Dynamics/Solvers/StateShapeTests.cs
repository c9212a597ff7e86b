using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>States of any shape: y' = y cos t has y(1) = y(0) exp(sin 1) element by element.</summary>
public sealed class StateShapeTests
{
    public static TheoryData<string, long[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, long[]>();
            foreach (var name in OdeSolvers.Known.Except(["leapfrog", "yoshida4"]))
                foreach (var shape in (long[][])[[], [1], [3], [2, 3], [2, 1, 3, 2], [0], [2, 0]])
                    cases.Add(name, shape);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Solve_AnyShape_GivesTheSolution(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        var initial = ones(shape, dtype: ScalarType.Float64) * 2;
        var solution = OdeSolvers.Parse(name).Solve(
            (time, state) => state * time.max().cos(), initial, ExactProblems.Even(0, 1, 200));
        Assert.Equal([201, .. shape], solution.States.shape);
        if (initial.NumberOfElements == 0) return;
        var difference = ExactProblems.Distance(solution.States[200], ExactProblems.Grown(initial, 0, 1));
        Assert.InRange(difference, 0, name == "euler" ? 2e-2 : 1e-4);
    }

    [Theory]
    [InlineData("rk4")]
    [InlineData("dopri5")]
    public void AdjointSolve_SingleNumber_HasTheGradient(string name)
    {
        using var scope = NewDisposeScope();
        var initial = tensor(2.0).requires_grad_();
        var rate = tensor(0.5).requires_grad_();
        var solution = AdjointIntegration.Solve(
            OdeSolvers.Parse(name), (_, state) => rate * state, initial, ExactProblems.Even(0, 1, 50), [rate]);
        Assert.Equal([51], solution.States.shape);
        solution.States[50].backward();
        Assert.Equal(Math.Exp(0.5), initial.grad!.item<double>(), 1e-5);
        Assert.Equal(2 * Math.Exp(0.5), rate.grad!.item<double>(), 1e-5);
    }

    [Theory]
    [InlineData("rk4")]
    [InlineData("bosh3")]
    [InlineData("dopri5")]
    public void Solve_HalfTypes_KeepTheirDigits(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in (ScalarType[])[ScalarType.Float16, ScalarType.BFloat16])
        {
            var states = OdeSolvers.Parse(name)
                .Solve((_, state) => -state, ones(3, dtype: dtype), [0, 0.5, 1]).States;
            Assert.Equal(dtype, states.dtype);
            var end = states[2].to_type(ScalarType.Float64);
            Assert.InRange(ExactProblems.Distance(end, full(3, Math.Exp(-1), ScalarType.Float64)), 0, 0.05);
        }
    }
}
