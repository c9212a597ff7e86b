using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>Fields that end where the times do, and tolerances finer than the precision.</summary>
public sealed class SolverDomainTests
{
    /// <summary>y' = -sqrt(1 - t) is not a number beyond t = 1; y(1) = y(0) - 2/3 by its integral.</summary>
    [Theory]
    [InlineData("bosh3", ErrorControl.PerItem)]
    [InlineData("bosh3", ErrorControl.WholeBatch)]
    [InlineData("dopri5", ErrorControl.PerItem)]
    [InlineData("dopri5", ErrorControl.WholeBatch)]
    public void Solve_FieldThatEndsAtTheLastTime_ReachesIt(string name, ErrorControl control)
    {
        using var scope = NewDisposeScope();
        foreach (var times in (double[][])[[0, 1], [0, 0.3, 0.9999, 1], [0.999999, 1]])
        {
            var states = Solver(name, 1e-8, control).Solve(Falling, ones(3, 2, dtype: ScalarType.Float64), times).States;
            var exact = 1 + 2.0 / 3 * (Math.Pow(1 - times[^1], 1.5) - Math.Pow(1 - times[0], 1.5));
            Assert.InRange((states[^1] - exact).abs().max().item<double>(), 0, 1e-6);
        }
    }

    /// <summary>The same field, with time running backwards: y' = sqrt(1 + t) to t = -1.</summary>
    [Theory]
    [InlineData("bosh3")]
    [InlineData("dopri5")]
    public void Solve_FallingTimes_NeverPassTheLast(string name)
    {
        using var scope = NewDisposeScope();
        var least = double.PositiveInfinity;
        var states = Solver(name, 1e-8, ErrorControl.PerItem).Solve(
            (time, state) =>
            {
                least = Math.Min(least, time.min().item<double>());
                return (1 + time).sqrt().unsqueeze(-1).expand_as(state);
            },
            ones(2, 1, dtype: ScalarType.Float64), [0, -1]).States;
        Assert.Equal(-1, least);
        Assert.InRange((states[1] - (1 - 2.0 / 3)).abs().max().item<double>(), 0, 1e-6);
    }

    [Theory]
    [InlineData("bosh3")]
    [InlineData("dopri5")]
    public void Solve_PerItem_EvaluatesNowhereOutsideTheTimes(string name)
    {
        using var scope = NewDisposeScope();
        List<double> seen = [];
        // Steps that do not divide the interval, whose sums are rounded.
        var solver = Solver(name, 1e-9, ErrorControl.PerItem);
        solver.Solve(
            (time, state) =>
            {
                seen.AddRange(time.data<double>().ToArray());
                return ExactProblems.Oscillators(0.5, 3, 11)(time, state);
            },
            tensor(new[,] { { 1.0, 0.0 }, { 1.0, 0.0 }, { 1.0, 0.0 } }), [0.1, 0.7]);
        Assert.InRange(seen.Min(), 0.1, 0.1);
        Assert.InRange(seen.Max(), 0.7, 0.7);
    }

    /// <summary>A field that ends before the last time still fails, with the time that it reached.</summary>
    [Theory]
    [InlineData(ErrorControl.PerItem)]
    [InlineData(ErrorControl.WholeBatch)]
    public void Solve_FieldThatEndsBefore_Fails(ErrorControl control)
    {
        using var scope = NewDisposeScope();
        Assert.Throws<IntegrationFailedException>(() => Solver("dopri5", 1e-8, control)
            .Solve(Falling, ones(3, 2, dtype: ScalarType.Float64), [0, 1.1]));
    }

    /// <summary>Gradients by the adjoint, whose integration runs from the field's end back: of y(1) = y(0) exp(c 2/3) for
    /// y' = c sqrt(1 - t) y the derivatives are exp(c 2/3) and 2/3 y(1).</summary>
    [Fact]
    public void AdjointSolve_FieldThatEndsAtTheLastTime_HasItsGradients()
    {
        using var scope = NewDisposeScope();
        var initial = ones(1, 1, dtype: ScalarType.Float64).requires_grad_();
        var rate = tensor(0.5).requires_grad_();
        var solution = AdjointIntegration.Solve(
            Solver("dopri5", 1e-9, ErrorControl.PerItem),
            (time, state) => rate * (1 - time.reshape(-1, 1)).sqrt() * state, initial, [0, 1], [rate]);
        solution.States[1].sum().backward();
        var end = Math.Exp(0.5 * 2 / 3);
        Assert.Equal(end, initial.grad!.item<double>(), 1e-6);
        Assert.Equal(end * 2 / 3, rate.grad!.item<double>(), 1e-6);
    }

    /// <summary>Below 100 epsilons the estimates are rounding: the floor takes as many steps as its own tolerance, and is
    /// said.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 1.1920929e-5)]
    [InlineData(ScalarType.Float64, 2.220446049250313e-14)]
    public void Solve_ToleranceBelowThePrecision_HasTheFloor(ScalarType dtype, double floor)
    {
        using var scope = NewDisposeScope();
        var initial = tensor(new[,] { { 1.0, 0.0 } }).to_type(dtype);
        OdeSolution Solve(double tolerance) => new DormandPrince(new AdaptiveOptions
        {
            RelativeTolerance = tolerance, AbsoluteTolerance = floor,
        }).Solve(ExactProblems.Oscillators(3), initial, [0, 10]);

        var (fine, held) = (Solve(floor / 1e7), Solve(floor));
        Assert.Equal((held.Steps, held.Rejected), (fine.Steps, fine.Rejected));
        Assert.Null(held.Remark);
        Assert.Contains($"finer than {dtype} can meet", fine.Remark, StringComparison.Ordinal);
        Assert.InRange(ExactProblems.Distance(fine.States[1, 0, 0], tensor(Math.Cos(30))), 0, 300 * floor);
    }

    /// <summary>Shared steps follow torchdiffeq, which has no floor, as far as rounding can tell: they end all the same.
    /// </summary>
    [Fact]
    public void Solve_WholeBatchBelowThePrecision_EndsAndSaysSo()
    {
        using var scope = NewDisposeScope();
        var solution = new DormandPrince(new AdaptiveOptions
            {
                RelativeTolerance = 1e-12, AbsoluteTolerance = 1e-7, Control = ErrorControl.WholeBatch,
            })
            .Solve(ExactProblems.Oscillators(3), tensor(new[,] { { 1f, 0f } }), [0, 10]);
        Assert.Contains("0.1 epsilons", solution.Remark, StringComparison.Ordinal);
        Assert.InRange(ExactProblems.Distance(solution.States[1, 0, 0], tensor(Math.Cos(30))), 0, 1e-4);
    }

    private static Tensor Falling(Tensor time, Tensor state) =>
        -(1 - (time.dim() == 0 ? time : time.unsqueeze(-1))).sqrt().expand_as(state);

    private static AdaptiveSolver Solver(string name, double tolerance, ErrorControl control)
    {
        var options = new AdaptiveOptions
        {
            RelativeTolerance = tolerance, AbsoluteTolerance = tolerance, Control = control,
        };
        return name == "bosh3" ? new BogackiShampine(options) : new DormandPrince(options);
    }
}
