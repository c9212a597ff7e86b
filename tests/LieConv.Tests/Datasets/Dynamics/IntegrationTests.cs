using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Dynamics;

[NoTensorLeaks]
public sealed class IntegrationTests
{
    [Fact]
    public void Accurate_Springs_FollowTheExactMotion()
    {
        using var scope = NewDisposeScope();
        var (state, parameters) = SpringSampler.AtRest(new SystemDraws(3, 1, 0, 6), 5, 2);
        var systems = new ParticleSystems(parameters);
        double[] times = [0, 0.01, 0.3, 0.9];
        var exact = SpringSystem.Motion(state, systems, tensor(times));
        var integrated = Integration.Accurate(SpringSystem.Field(systems), state, times);
        Assert.True((integrated - exact).abs().max().item<double>() < 1e-8);
    }

    [Fact]
    public void Accurate_TwoBodies_ReturnAfterAPeriod()
    {
        using var scope = NewDisposeScope();
        // Equal masses 1/2, separation 1: the angular frequency is 1, the speed of each 1/2.
        var state = tensor(new[] { 0.5, 0, -0.5, 0, 0, 0.25, 0, -0.25 }, [1, 2, 2, 2]);
        var systems = new ParticleSystems(full([1, 2, 1], 0.5, dtype: ScalarType.Float64));
        var end = Integration.Accurate(GravitySystem.Field(systems), state, [0, 1, 2 * Math.PI]).select(1, 2);
        Assert.True((end - state).abs().max().item<double>() < 1e-6); // the softening alone makes 1e-7
    }

    [Fact]
    public void Accurate_Collision_SaysSo()
    {
        using var scope = NewDisposeScope();
        var state = zeros([1, 2, 1, 2], dtype: ScalarType.Float64);
        var error = Assert.Throws<ArithmeticException>(
            () => Integration.Accurate((_, z) => full_like(z, double.NaN), state, [0, 1]));
        Assert.Contains("cannot be followed past time 0", error.Message, StringComparison.Ordinal);
    }
}
