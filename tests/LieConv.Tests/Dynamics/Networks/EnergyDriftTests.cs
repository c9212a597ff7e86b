using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>Learned energies along their own motion, with particles that pass each other on all sides of the centre.
/// </summary>
[Collection("Serial")]
public sealed class EnergyDriftTests
{
    /// <summary>The energy error of leapfrog falls with the square of the step only where the energy is smooth.</summary>
    [Theory]
    [InlineData("SO2", true, 2), InlineData("SO2", true, 4), InlineData("SE2", true, 4), InlineData("SO3", true, 3)]
    [InlineData("SO2", false, 4)]                   // the control: azimuths jump where two particles are opposite
    public void Leapfrog_OfHalfTheStep_HasAQuarterOfTheEnergyError(string name, bool frames, int particles)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(5);
        random.manual_seed(3);
        var group = LieGroups.Parse(name);
        using var network = new LieHamiltonian(
            group, new LieDynamicsOptions
            {
                Channels = 8, Layers = 1,
                Block = LieDynamicsOptions.UsualBlock with
                {
                    Frames = frames ? FrameChoice.Framed : FrameChoice.Sampled,
                },
            });
        SteepWeights.Of(network);
        network.to(ScalarType.Float64);
        var start = randn([6, 2, particles, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var systems = new ParticleSystems(ones([6, particles, 2], dtype: ScalarType.Float64));
        double Error(int steps)
        {
            var times = Enumerable.Range(0, steps + 1).Select(i => 2.0 * i / steps).ToArray();
            var states = new Leapfrog().Solve(network.Field(systems), start, times).States;
            var energies = stack([.. Enumerable.Range(0, 9).Select(
                i => network.Energy(states[i * (steps / 8)], systems))], 0);
            return (energies - energies[0]).abs().max().item<double>();
        }

        var ratio = Error(200) / Error(100);
        if (frames) Assert.InRange(ratio, 0.15, 0.3);
        else Assert.InRange(ratio, 0.5, 2);
    }
}
