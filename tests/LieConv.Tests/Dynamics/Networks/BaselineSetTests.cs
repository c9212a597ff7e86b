using LieConv.Dynamics;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>Baselines do not see padding or what else is in the batch, and graph networks not the order.</summary>
[Collection("Serial")]
public sealed class BaselineSetTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names => [.. Baseline.Names];

    [Theory]
    [MemberData(nameof(Names))]
    [NoTensorLeaks]
    public void Forward_States_HaveDerivativesOfTheirShape(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var dimensions in new[] { 1, 2, 3 })
        {
            using var network = Baseline.Create(name, dimensions);
            var (state, systems) = Baseline.Example(dimensions: dimensions);
            var slope = network.call(state, systems);
            Assert.Equal(state.shape, slope.shape);
            Assert.Equal((dimensions, 2), (network.Dimensions, network.Parameters));
            Assert.True(slope.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_PaddingWithAnything_GivesTheSameAndZeroForPadding(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var mask = ones([3, Baseline.Particles], dtype: ScalarType.Bool);
        mask[0, 3] = tensor(false);
        mask[2, 1] = tensor(false);
        mask[2, 2] = tensor(false);
        var padding = mask.logical_not();
        Tensor? first = null;
        foreach (var filling in new[] { 0.0, 7.5, double.NaN })
        {
            var filled = state.masked_fill(padding.unsqueeze(1).unsqueeze(-1), filling);
            var parameters = systems.Parameters.masked_fill(padding.unsqueeze(-1), filling);
            var slope = network.call(filled, new ParticleSystems(parameters, mask));
            Assert.Equal(0, slope.masked_select(padding.unsqueeze(1).unsqueeze(-1)).abs().sum().item<double>());
            first ??= slope;
            Assert.Equal(0, Baseline.Difference(first, slope));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_PaddingWithNaN_LeavesGradientsFinite(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var mask = ones([3, Baseline.Particles], dtype: ScalarType.Bool);
        mask[1, 2] = tensor(false);
        var filled = state.masked_fill(mask.logical_not().unsqueeze(1).unsqueeze(-1), double.NaN).requires_grad_();
        var parameters = systems.Parameters.masked_fill(mask.logical_not().unsqueeze(-1), double.NaN);
        network.call(filled, new ParticleSystems(parameters, mask)).square().sum().backward();
        Assert.True(filled.grad!.isfinite().all().item<bool>());
        foreach (var (key, parameter) in network.named_parameters())
            Assert.True(parameter.grad is null || parameter.grad.isfinite().all().item<bool>(), key);
    }

    [Theory]
    [InlineData("OGN")]
    [InlineData("OGN2")]
    [InlineData("HOGN")]
    [InlineData("HOGN2")]
    [InlineData("VOGN")]
    [InlineData("VOGN2")]
    public void Forward_PaddingAdded_GivesTheSame(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var padded = new ParticleSystems(
            cat([systems.Parameters, full([3, 2, 2], 7.5, dtype: ScalarType.Float64)], 1),
            cat([ones([3, Baseline.Particles], ScalarType.Bool), zeros([3, 2], ScalarType.Bool)], 1));
        var slope = network.call(cat([state, full([3, 2, 2, 2], -3.5, dtype: ScalarType.Float64)], 2), padded);
        Assert.True(Baseline.Difference(network.call(state, systems), slope.narrow(2, 0, 4)) < Tolerance);
    }

    [Theory]
    [InlineData("OGN2")]
    [InlineData("HOGN2")]
    [InlineData("VOGN2")]
    public void Forward_PermutedParticles_ArePermuted(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var order = tensor(new long[] { 2, 0, 3, 1 });
        var permuted = network.call(
            state.index_select(2, order), new ParticleSystems(systems.Parameters.index_select(1, order)));
        Assert.True(Baseline.Difference(network.call(state, systems).index_select(2, order), permuted) < Tolerance);
    }

    // Negative control: a network that is wired to the order must fail the test above.
    [Theory]
    [InlineData("FC")]
    [InlineData("HFC")]
    public void Forward_PermutedParticlesOfFixedOrder_AreSomethingElse(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var order = tensor(new long[] { 2, 0, 3, 1 });
        var permuted = network.call(
            state.index_select(2, order), new ParticleSystems(systems.Parameters.index_select(1, order)));
        Assert.True(Baseline.Difference(network.call(state, systems).index_select(2, order), permuted) > 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_OtherSystemsInTheBatch_ChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var alone = network.call(state[1..2], new ParticleSystems(systems.Parameters[1..2]));
        Assert.True(Baseline.Difference(network.call(state, systems)[1..2], alone) < Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Faults")]
    public void Forward_SystemWithoutParticles_IsZero(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var mask = ones([3, Baseline.Particles], dtype: ScalarType.Bool);
        mask[1] = tensor(false);
        var slope = network.call(state, systems with { Mask = mask });
        Assert.Equal(0, slope[1].abs().sum().item<double>());
        Assert.True(slope.isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_MaskOfWholeSystems_IsThatOfTheirParticles(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var whole = network.call(state, systems with { Mask = ones([3, 1], dtype: ScalarType.Bool) });
        Assert.True(Baseline.Difference(network.call(state, systems), whole) < Tolerance);
    }
}
