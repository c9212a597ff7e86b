using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Systems;

[NoTensorLeaks]
public sealed class GravitySystemTests
{
    [Fact]
    public void Energy_TwoBodies_IsTheSumByHand()
    {
        using var scope = NewDisposeScope();
        var state = RandomSystems.State([0, 0, 3, 4], [1, 0, 0, 2]);
        var systems = new ParticleSystems(tensor(new double[] { 2, 10 }, [1, 2, 1]));
        Assert.Equal(0.25 + 0.2 - 20 / (5 + 1e-8), GravitySystem.Energy(state, systems).item<double>(), 13);
    }

    [Fact]
    public void Derivative_RandomPaddedSystems_IsThatOfTheEnergy()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(GravitySystem.Parameters);
        var slope = HamiltonianFlow.Derivative(point => GravitySystem.Energy(point, systems), state);
        Assert.True(GravitySystem.Derivative(state, systems).allclose(slope, 1e-11, 1e-11));
    }

    [Fact]
    public void Energy_Padding_ContributesNothingWhateverItHolds()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(GravitySystem.Parameters);
        var (short0, alone) = RandomSystems.FirstAlone(state, systems);
        Assert.True(GravitySystem.Energy(state, systems)[..1].allclose(GravitySystem.Energy(short0, alone), 1e-13));
    }

    [Fact]
    public void Energy_PaddedSystems_HasFiniteSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(GravitySystem.Parameters);
        var leaf = state.requires_grad_();
        HamiltonianFlow.Derivative(point => GravitySystem.Energy(point, systems), leaf).square().sum().backward();
        Assert.True(leaf.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Energy_CoincidentBodies_HasNoForceInsteadOfNaN()
    {
        using var scope = NewDisposeScope();
        var state = RandomSystems.State([1, 1, 1, 1], [1, 0, 0, 1]).requires_grad_();
        var systems = new ParticleSystems(ones([1, 2, 1], dtype: ScalarType.Float64));
        var slope = HamiltonianFlow.Derivative(point => GravitySystem.Energy(point, systems), state);
        slope.square().sum().backward();
        Assert.Equal(0, PhaseSpace.Momenta(slope).abs().max().item<double>());
        Assert.True(state.grad!.isfinite().all().item<bool>());
        Assert.True(slope.allclose(GravitySystem.Derivative(state, systems)));
    }
}
