using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>The motion itself on a Lie group: a turned system moves in the turned way.</summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class LieDynamicsTests
{
    [Theory]
    [InlineData("SE2", ScalarType.Float64), InlineData("SO2", ScalarType.Float64)]
    [InlineData("SE3", ScalarType.Float64), InlineData("SO3", ScalarType.Float64), InlineData("SE3[1,3,5]", ScalarType.Float64)]
    [InlineData("SE3[2]", ScalarType.Float64), InlineData("SE2", ScalarType.Float32)]
    [InlineData("SE3", ScalarType.Float32)]
    public void Motion_OfATurnedSystem_IsTheTurnedMotion(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(3);
        var group = LieGroups.Parse(name);
        using var network = Create(group, frames: true, dtype);
        var (q, mask) = PaddedSets.Of([.. SpecialSets.Of(group.PointDim).Select(set => set.Points)]);
        q = q.nan_to_num();
        var p = randn(q.shape, dtype: ScalarType.Float64, generator: generator);
        var systems = new ParticleSystems((PaddedSets.Values(mask, alike: true) + 1).to(dtype), mask);
        var tangents = randn([q.shape[0], 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
        Tensor Move(Tensor x) => group.Act(group.Exp(tangents), x);
        // The linear part alone moves momenta and slopes.
        Tensor Turn(Tensor x) => Move(x.to(ScalarType.Float64)) - Move(zeros_like(x).to(ScalarType.Float64));
        Tensor Motion(Tensor positions, Tensor momenta) =>
            network.call(PhaseSpace.Join(positions.to(dtype), momenta.to(dtype)), systems).to(ScalarType.Float64);

        var (here, there) = (Motion(q, p), Motion(Move(q), Turn(p)));
        var expected = PhaseSpace.Join(Turn(PhaseSpace.Positions(here)), Turn(PhaseSpace.Momenta(here)));
        var error = (there - expected).abs().max().item<double>() / here.abs().max().item<double>();
        Assert.InRange(error, 0, dtype == ScalarType.Float64 ? 1e-11 : 1e-4);
        // The control: the motion does turn, and padding rests.
        Assert.True((there - here).abs().max().item<double>() > 1e-2);
        Assert.Equal(0, here.transpose(1, 2)[mask.logical_not()].abs().sum().item<double>());
    }

    /// <summary>The original's azimuths, on request; momenta are plain values there.</summary>
    [Fact]
    public void Motion_WithoutFrames_DoesNotTurn()
    {
        using var scope = NewDisposeScope();
        using var network = Create(new SO2(), frames: false, ScalarType.Float64);
        Assert.False(network.HasFrames);
        var state = randn([1, 2, 5, 2], dtype: ScalarType.Float64);
        var turn = tensor([1.0]);
        var systems = new ParticleSystems(ones([1, 5, 2], dtype: ScalarType.Float64));
        var expected = network.Group.Act(turn, network.call(state, systems));
        var error = network.call(network.Group.Act(turn, state), systems) - expected;
        Assert.True(error.abs().max().item<double>() > 1e-3);
    }

    private static LieDynamics Create(LieGroup group, bool frames, ScalarType dtype)
    {
        random.manual_seed(3);
        var network = new LieDynamics(group, new LieDynamicsOptions
        {
            Channels = 8, Layers = 2,
            Block = LieDynamicsOptions.UsualBlock with { Frames = frames ? FrameChoice.Framed : FrameChoice.Sampled },
        });
        network.to(dtype);
        return network;
    }
}
