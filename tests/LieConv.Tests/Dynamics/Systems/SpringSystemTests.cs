using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Systems;

[NoTensorLeaks]
public sealed class SpringSystemTests
{
    [Fact]
    public void Energy_TwoParticles_IsTheSumByHand()
    {
        using var scope = NewDisposeScope();
        var state = RandomSystems.State([1, 2, 3, 4], [0.5, 0, 1, 2]);
        var systems = new ParticleSystems(tensor(new double[] { 2, 3, 0.5, 4 }, [1, 2, 2]));
        // 0.25/4 + 5/1 + 3·4·(4 + 4)
        Assert.Equal(0.0625 + 5 + 96, SpringSystem.Energy(state, systems).item<double>(), 12);
    }

    [Fact]
    public void Derivative_RandomPaddedSystems_IsThatOfTheEnergy()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(SpringSystem.Parameters);
        var slope = HamiltonianFlow.Derivative(point => SpringSystem.Energy(point, systems), state);
        Assert.True(SpringSystem.Derivative(state, systems).allclose(slope, 1e-11, 1e-11));
        Assert.Equal(0, slope.masked_fill(systems.Mask!.unsqueeze(1).unsqueeze(-1), 0).abs().max().item<double>());
    }

    [Fact]
    public void Energy_Padding_ContributesNothingWhateverItHolds()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(SpringSystem.Parameters);
        var (short0, alone) = RandomSystems.FirstAlone(state, systems);
        Assert.True(SpringSystem.Energy(state, systems)[..1].allclose(SpringSystem.Energy(short0, alone), 1e-13));
    }

    [Fact]
    public void Energy_CoincidentParticles_HasFiniteSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var state = zeros([1, 2, 3, 2], dtype: ScalarType.Float64).requires_grad_();
        var systems = new ParticleSystems(ones([1, 3, 2], dtype: ScalarType.Float64));
        HamiltonianFlow.Derivative(point => SpringSystem.Energy(point, systems), state).square().sum().backward();
        Assert.True(state.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Motion_RandomPaddedSystems_SolvesTheEquations()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(SpringSystem.Parameters);
        const double Step = 1e-4;
        var motion = SpringSystem.Motion(state, systems, tensor(new[] { 0, 2 - Step, 2, 2 + Step }));
        var slope = (motion.select(1, 3) - motion.select(1, 1)) / (2 * Step);
        var valid = state.masked_fill(systems.Mask!.logical_not().unsqueeze(1).unsqueeze(-1), 0);
        Assert.True(motion.select(1, 0).allclose(valid, 1e-12, 1e-12));
        Assert.True(slope.allclose(SpringSystem.Derivative(motion.select(1, 2), systems), 1e-3, 1e-3));
    }

    [Fact]
    public void Motion_OwnTimes_AreThoseOfCommonTimes()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(SpringSystem.Parameters);
        var common = SpringSystem.Motion(state, systems, tensor(new[] { 0, 1.5, 7 }));
        var own = SpringSystem.Motion(state, systems, tensor(new[] { 7, 1.5 }, [2, 1]));
        Assert.True(own[0, 0].allclose(common[0, 2], 1e-12, 1e-12));
        Assert.True(own[1, 0].allclose(common[1, 1], 1e-12, 1e-12));
    }

    [Fact]
    public void Motion_LongTime_ConservesEnergyAndMomenta()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Of(SpringSystem.Parameters, 3);
        var motion = SpringSystem.Motion(state, systems, linspace(0, 100, 7, dtype: ScalarType.Float64));
        for (var i = 0; i < 7; i++)
        {
            var now = motion.select(1, i);
            Assert.True(SpringSystem.Energy(now, systems).allclose(SpringSystem.Energy(state, systems), 1e-11));
        }
        var (linear, angular) = (ConservedQuantities.LinearMomentum(motion), ConservedQuantities.AngularMomentum(motion));
        Assert.True((linear - linear[.., ..1]).abs().max().item<double>() < 1e-10);
        Assert.True((angular - angular[.., ..1]).abs().max().item<double>() < 1e-10);
    }

    [Fact]
    public void Energy_ParametersOfAnotherSystem_SaysWhatIsExpected()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Of(1, 2);
        var error = Assert.Throws<ArgumentException>(() => SpringSystem.Energy(state, systems));
        Assert.Contains("Parameters has shape (2, 5, 1); expected (b, n, c) = (2, 5, 2)", error.Message, StringComparison.Ordinal);
    }
}
