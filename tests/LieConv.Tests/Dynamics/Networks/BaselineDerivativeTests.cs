using LieConv.Dynamics;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>Derivatives against finite differences, and what follows from the form of the energy.</summary>
[Collection("Serial")]
public sealed class BaselineDerivativeTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Names => [.. Baseline.Names];

    public static TheoryData<string> Hamiltonians => [.. Baseline.Names.Where(name => name[0] is 'H' or 'V')];

    public static TheoryData<string> Potentials => ["HFC", "VOGN", "VOGN2"];

    [Theory]
    [MemberData(nameof(Hamiltonians))]
    public void Forward_Energy_GivesHamiltonsEquations(string name)
    {
        using var scope = NewDisposeScope();
        using var network = (HamiltonianNetwork)Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var direction = randn(state.shape, dtype: ScalarType.Float64, generator: new Generator(5));
        var change = Slope(x => network.Energy(x, systems).sum(), state, direction);
        var slope = network.call(state, systems);
        var gradient = PhaseSpace.Join(-PhaseSpace.Momenta(slope), PhaseSpace.Positions(slope));
        AssertClose(change, (gradient * direction).sum());
    }

    /// <summary>Derivatives of dz/dt by states, parameters and weights: for energies these are second ones.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_OfDerivatives_AgreesWithFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (start, given) = Baseline.Example();
        var (state, parameters) = (start.requires_grad_(), given.Parameters.requires_grad_());
        var generator = new Generator(6);
        var cotangent = randn(state.shape, dtype: ScalarType.Float64, generator: generator);
        Tensor Value() => (network.call(state, new ParticleSystems(parameters)) * cotangent).sum();
        Value().backward();
        List<(string Key, Tensor Leaf)> leaves = [("state", state), ("parameters", parameters)];
        leaves.AddRange(network.named_parameters().Select(item => (item.name, (Tensor)item.parameter)));
        foreach (var (key, leaf) in leaves)
        {
            var direction = randn(leaf.shape, dtype: ScalarType.Float64, generator: generator);
            var change = SlopeInPlace(Value, leaf, direction);
            var expected = leaf.grad is { } gradient ? (gradient * direction).sum() : tensor(0.0);
            AssertClose(change, expected, key);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_ShiftedPositions_GiveTheSame(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var shift = zeros_like(state);
        shift.select(1, 0).add_(tensor(new[] { 1.7, -0.4 }));
        Assert.True(Baseline.Difference(network.call(state, systems), network.call(state + shift, systems)) < 1e-12);
    }

    [Theory]
    [MemberData(nameof(Potentials))]
    public void Forward_EnergyWithPotential_ConservesMomentumAndMovesByIt(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var slope = network.call(state, systems);
        var velocity = PhaseSpace.Momenta(state) / systems.Masses.unsqueeze(-1);
        Assert.True(Baseline.Difference(velocity, PhaseSpace.Positions(slope)) < 1e-12);
        Assert.True(PhaseSpace.Momenta(slope).sum(1).abs().max().item<double>() < 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_SinglePrecision_AgreesWithDouble(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        using var single = Baseline.Create(name, dtype: ScalarType.Float32);
        var (state, systems) = Baseline.Example();
        var exact = network.call(state, systems);
        var rounded = single.call(
            state.to_type(ScalarType.Float32), new ParticleSystems(systems.Parameters.to_type(ScalarType.Float32)));
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Assert.True(Baseline.Difference(exact, rounded.to_type(ScalarType.Float64)) < 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [NoTensorLeaks]
    public void Forward_WithAndWithoutGradients_LeavesOneTensor(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        systems = systems with { Mask = ones([3, Baseline.Particles], dtype: ScalarType.Bool) };
        var before = scope.DisposablesCount;
        using (no_grad()) Assert.False(network.call(state, systems).requires_grad);
        Assert.True(network.call(state, systems).requires_grad);
        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    private static Tensor Slope(Func<Tensor, Tensor> function, Tensor at, Tensor direction) =>
        (function(at + direction * Step) - function(at - direction * Step)).detach() / (2 * Step);

    private static Tensor SlopeInPlace(Func<Tensor> value, Tensor leaf, Tensor direction)
    {
        Tensor Shifted(double by)
        {
            using (no_grad()) leaf.add_(direction * by);
            return value().detach();
        }
        var (above, below) = (Shifted(Step), Shifted(-2 * Step));
        Shifted(Step);
        return (above - below) / (2 * Step);
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what = "")
    {
        var (a, b) = (expected.item<double>(), actual.item<double>());
        Assert.True(Math.Abs(a - b) < 1e-8 * Math.Max(1, Math.Abs(a)), $"{what}: {a:R} and {b:R}");
    }
}
