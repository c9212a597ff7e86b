using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Dynamics;

[NoTensorLeaks]
public sealed class DynamicsDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("springs", 2, 6)]
    [InlineData("springs", 3, 4)]
    [InlineData("nbody", 2, 3)]
    [InlineData("nbody", 3, 6)]
    public void Load_AnySystem_ConservesEnergyAndMomenta(string system, int dimensions, int particles)
    {
        using var scope = NewDisposeScope();
        using var data = DynamicsData.Load(SmallData.In(_folder) with
        {
            System = system, Dimensions = dimensions, Particles = particles, Points = 40,
        });
        var (states, energy) = (data.Rollouts.States, DynamicalSystems.Find(system).Energy);
        Assert.Equal([2, 40, 2, particles, dimensions], states.shape);
        Assert.Equal([12, 5, 2, particles, dimensions], data.Train.States.shape);
        var (first, last) = (states.select(1, 0), states.select(1, 39));
        var systems = data.Rollouts.Systems();
        Assert.True(energy(last, systems).allclose(energy(first, systems), 1e-9));
        Assert.True(ConservedQuantities.LinearMomentum(states).abs().max().item<double>() < 1e-9);
        var angular = ConservedQuantities.AngularMomentum(states);
        Assert.True((angular - angular[.., ..1]).abs().max().item<double>() < 1e-8);
    }

    [Theory]
    [InlineData("springs", false)]
    [InlineData("springs", true)]
    [InlineData("nbody", false)]
    public void Load_FewerSystems_AreTheFirstOfMany(string system, bool paper)
    {
        var options = SmallData.In(_folder) with { System = system, Paper = paper };
        using var many = DynamicsData.Load(options);
        using var few = DynamicsData.Load(options with { TrainCount = 5, TestCount = 3 });
        using var scope = NewDisposeScope();
        Assert.True(few.Train.States.allclose(many.Train.States[..5], 1e-9, 1e-9));
        Assert.True(few.Test.States.allclose(many.Test.States[..3], 1e-9, 1e-9));
        Assert.False(many.Train.States[..3].allclose(many.Test.States[..3], 1e-3, 1e-3));
    }

    [Fact]
    public void Load_SameSeed_GivesTheSameNumbersAndAnotherSeedOthers()
    {
        using var other = new TemporaryFolder();
        using var one = DynamicsData.Load(SmallData.In(_folder));
        using var same = DynamicsData.Load(SmallData.In(other));
        using var different = DynamicsData.Load(SmallData.In(_folder) with { Seed = 1 });
        Assert.Equal(one.Train.Numbers(), same.Train.Numbers());
        Assert.NotEqual(one.Train.Numbers(), different.Train.Numbers());
    }

    [Fact]
    public void Load_Chunks_ArePartsOfTheirTrajectories()
    {
        using var data = DynamicsData.Load(SmallData.In(_folder));
        using var scope = NewDisposeScope();
        for (var i = 0; i < data.Rollouts.Count; i++)
        {
            var starts = Enumerable.Range(0, 23 / 5).Select(chunk => chunk * 5);
            Assert.Single(starts, start =>
                data.Rollouts.States[i, start..(start + 5)].allclose(data.Test.States[i], 1e-10, 1e-10));
        }
        Assert.Equal([0, 0.01, 0.02, 0.03, 0.04], data.Test.Times.data<double>().ToArray());
    }

    [Fact]
    public void Load_FreshChunks_AreDrawnAnewForEachEpoch()
    {
        using var fixedData = DynamicsData.Load(SmallData.In(_folder));
        using var data = DynamicsData.Load(SmallData.In(_folder) with { FreshChunks = true });
        using var first = data.TrainChunks(0);
        using var second = data.TrainChunks(1);
        using var secondAgain = data.TrainChunks(1);
        using var unchanged = fixedData.TrainChunks(1);
        Assert.Equal(23, data.TrainTrajectories!.Length);
        Assert.Equal(data.Train.Numbers(), first.Numbers());
        Assert.Equal(second.Numbers(), secondAgain.Numbers());
        Assert.NotEqual(first.Numbers(), second.Numbers());
        Assert.Equal(fixedData.Train.Numbers(), unchanged.Numbers());
        using var scope = NewDisposeScope();
        Assert.True(fixedData.Train.States.allclose(data.Train.States, 1e-10, 1e-10));
    }

    [Fact]
    public void Load_AsInThePaper_HasItsTimesAndDriftingSystems()
    {
        using var data = DynamicsData.Load(SmallData.In(_folder) with { Paper = true });
        using var scope = NewDisposeScope();
        Assert.Equal(0.23, data.Rollouts.Times[-1].item<double>(), 14);
        Assert.True(ConservedQuantities.LinearMomentum(data.Rollouts.States).abs().max().item<double>() > 0.1);
        using var planets = DynamicsData.Load(SmallData.In(_folder) with { System = "nbody", Paper = true });
        var star = planets.Rollouts.Parameters.squeeze(-1) == 32;
        Assert.Equal(0, planets.Rollouts.States[.., 0, 1][star].abs().max().item<double>());
    }

    [Fact]
    public void Make_SystemOfOnesOwn_NeedsAnEnergyAndASampler()
    {
        // Particles in a bowl that push each other apart.
        var bowl = new DynamicalSystem("bowl", 1,
            (state, systems) =>
            {
                var q = PhaseSpace.Positions(state);
                var push = (q.unsqueeze(-2) - q.unsqueeze(-3)).square().sum(-1).neg().exp().sum([-2L, -1L]);
                return HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems)
                    + q.square().sum([-2L, -1L]) + push;
            },
            (draws, n, d) => new InitialStates(
                PhaseSpace.Join(draws.Normal(n, d), draws.Normal(n, d)), draws.Uniform(n, 1) + 0.5));
        using var data = DynamicsData.Make(bowl, SmallData.In(_folder) with { Particles = 4 });
        using var scope = NewDisposeScope();
        var (systems, states) = (data.Rollouts.Systems(), data.Rollouts.States);
        Assert.True(bowl.Energy(states.select(1, 22), systems).allclose(bowl.Energy(states.select(1, 0), systems), 1e-10));
        Assert.Contains("'bowl'", data.Description, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.Contains("no paper has data of 'bowl'", Assert.Throws<ArgumentException>(
            () => DynamicsData.Make(bowl, SmallData.In(_folder) with { Paper = true })).Message, StringComparison.Ordinal);
    }
}
