using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>Gradients through the steps, and those of the adjoint method.</summary>
public sealed class GradientTests
{
    private static readonly double[] Times = [0, 0.4, 0.7, 1.5];

    [Theory]
    [InlineData("euler")]
    [InlineData("midpoint")]
    [InlineData("rk4")]
    [InlineData("rk4-classical")]
    [InlineData("leapfrog")]
    [InlineData("yoshida4")]
    public void Backward_ThroughTheSteps_AgreesWithFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        AssertGradients(OdeSolvers.Parse(name), 1e-7);
    }

    // Where a small change moves the steps, their effect on the result is within the tolerance of the solver.
    [Theory]
    [InlineData("bosh3", ErrorControl.PerItem)]
    [InlineData("dopri5", ErrorControl.PerItem)]
    [InlineData("dopri5", ErrorControl.WholeBatch)]
    public void Backward_ThroughAdaptiveSteps_AgreesWithFiniteDifferences(string name, ErrorControl control)
    {
        using var scope = NewDisposeScope();
        var options = new AdaptiveOptions { RelativeTolerance = 1e-9, AbsoluteTolerance = 1e-9, Control = control };
        AssertGradients(name == "bosh3" ? new BogackiShampine(options) : new DormandPrince(options), 1e-6);
    }

    [Theory]
    [InlineData("rk4")]
    [InlineData("dopri5")]
    [InlineData("dopri5 of the whole batch")]
    public void Adjoint_Gradients_AgreeWithBackpropagation(string name)
    {
        using var scope = NewDisposeScope();
        var fine = new AdaptiveOptions { RelativeTolerance = 1e-11, AbsoluteTolerance = 1e-11 };
        OdeSolver solver = name switch
        {
            "rk4" => new RungeKutta38(200),
            "dopri5" => new DormandPrince(fine),
            _ => new DormandPrince(fine with { Control = ErrorControl.WholeBatch }),
        };
        var (initial, weight, unused) = (Initial().requires_grad_(), Weight().requires_grad_(), ones(3).requires_grad_());
        var cotangent = randn([Times.Length, .. initial.shape], ScalarType.Float64, generator: new Generator(3));
        var direct = solver.Solve(Field(weight), initial, Times);
        (direct.States * cotangent).sum().backward();
        var (stateGradient, weightGradient) = (initial.grad!.clone(), weight.grad!.clone());
        initial.grad!.zero_();
        weight.grad!.zero_();
        var adjoint = AdjointIntegration.Solve(solver, Field(weight), initial, Times, [weight, unused]);
        (adjoint.States * cotangent).sum().backward();
        Assert.Equal(0, ExactProblems.Distance(direct.States, adjoint.States));
        Assert.Equal(direct.Evaluations, adjoint.Evaluations);
        Assert.InRange(ExactProblems.Distance(stateGradient, initial.grad!), 0, 1e-8);
        Assert.InRange(ExactProblems.Distance(weightGradient, weight.grad!), 0, 1e-8);
        Assert.Equal(0, unused.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Adjoint_HamiltonianField_HasGradients()
    {
        using var scope = NewDisposeScope();
        var (stiffness, initial) = (tensor(2.0).requires_grad_(), ExactProblems.Pendulums(0.5, 1));
        var systems = new ParticleSystems(ones(2, 1, 1, dtype: ScalarType.Float64));
        var field = HamiltonianFlow.Create(
            (state, _) => (PhaseSpace.Momenta(state).square() + stiffness * PhaseSpace.Positions(state).square())
                .sum([1L, 2L]) / 2,
            systems);
        AdjointIntegration.Solve(new RungeKutta4(100), field, initial, [0, 1], [stiffness])
            .States[1].sum().backward();
        // q = q0 cos wt, p = -w q0 sin wt with w² = k.
        var w = Math.Sqrt(2);
        var expected = 1.5 * (-Math.Sin(w) - Math.Sin(w) - w * Math.Cos(w)) / (2 * w);
        Assert.Equal(expected, stiffness.grad!.item<double>(), 1e-8);
    }

    [Fact]
    public void Adjoint_NothingAsked_IsAnOrdinaryIntegration()
    {
        using var scope = NewDisposeScope();
        var (weight, initial) = (Weight(), Initial());
        var states = AdjointIntegration.Solve(new RungeKutta4(), Field(weight), initial, Times, [weight]).States;
        Assert.False(states.requires_grad);
    }

    [Fact]
    public void Adjoint_FailureInTheBackwardPass_GivesNoNumbers()
    {
        using var scope = NewDisposeScope();
        var (initial, weight, fails) = (Initial().requires_grad_(), Weight().requires_grad_(), false);
        var field = Field(weight);
        var states = AdjointIntegration.Solve(
            new RungeKutta4(),
            (time, state) => fails ? throw new IntegrationFailedException("It failed.") : field(time, state),
            initial, Times, [weight]).States;
        fails = true;
        states.sum().backward();
        Assert.True(initial.grad!.isnan().all().item<bool>());
        Assert.True(weight.grad!.isnan().all().item<bool>());
    }

    [Fact]
    public void Adjoint_SymplecticSolver_SaysSo() =>
        Assert.Equal("solver", Assert.Throws<ArgumentException>(() => AdjointIntegration.Solve(
            new Leapfrog(), ExactProblems.Pendulum, ExactProblems.Pendulums(1), [0, 1], [])).ParamName);

    [Fact]
    [NoTensorLeaks]
    public void Adjoint_MoreSteps_LeaveNoMoreTensors() => Assert.Equal(Left(new Midpoint(5)), Left(new Midpoint(100)));

    private static long Left(OdeSolver solver)
    {
        using var scope = NewDisposeScope();
        var (initial, weight) = (Initial().requires_grad_(), Weight().requires_grad_());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var states = AdjointIntegration.Solve(solver, Field(weight), initial, Times, [weight]).States;
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        states.sum().backward();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }

    private static void AssertGradients(OdeSolver solver, double tolerance)
    {
        var (initial, weight) = (Initial(), Weight());
        var cotangent = randn([Times.Length, .. initial.shape], ScalarType.Float64, generator: new Generator(3));
        double Loss(Tensor start, Tensor parameter) =>
            (solver.Solve(Field(parameter), start, Times).States * cotangent).sum().item<double>();
        var (start, parameter) = (initial.clone().requires_grad_(), weight.clone().requires_grad_());
        (solver.Solve(Field(parameter), start, Times).States * cotangent).sum().backward();
        const double Change = 1e-4;
        foreach (var (value, gradient, loss) in ((Tensor, Tensor, Func<Tensor, double>)[])[
            (initial, start.grad!, changed => Loss(changed, weight)),
            (weight, parameter.grad!, changed => Loss(initial, changed))])
        {
            var direction = randn(value.shape, ScalarType.Float64, generator: new Generator(5));
            var difference = (loss(value + direction * Change) - loss(value - direction * Change)) / (2 * Change);
            var allowed = 10 * tolerance * Math.Max(1, Math.Abs(difference));
            Assert.Equal(difference, (gradient * direction).sum().item<double>(), allowed);
        }
    }

    private static Tensor Initial() =>
        randn([2, 2, 3, 2], ScalarType.Float64, generator: new Generator(1));

    private static Tensor Weight() => randn([2, 2], ScalarType.Float64, generator: new Generator(2)) / 2;

    /// <summary>Velocities p, forces tanh(q W): separable, though not from an energy.</summary>
    private static VectorField Field(Tensor weight) => (_, state) => PhaseSpace.Join(
        PhaseSpace.Momenta(state), (PhaseSpace.Positions(state).unsqueeze(-2) * weight).sum(-1).tanh());
}
