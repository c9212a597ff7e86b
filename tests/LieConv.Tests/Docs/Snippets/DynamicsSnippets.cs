using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Dynamics.Systems;
using LieConv.Groups;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The code of docs/dynamics.md, compiled and run.</summary>
[Collection("Serial")]
public sealed class DynamicsSnippets
{
    [Fact]
    public void Energy_OfOnesOwn_MovesInTheTrap()
    {
        using var all = NewDisposeScope();
        var positions = tensor(new double[] { 1, 0, 0, 2 }, [1, 2, 2]);
        var (momenta, times) = (zeros_like(positions), Enumerable.Range(0, 1001).Select(i => 1e-3 * i).ToArray());

        static Tensor Trap(Tensor state, ParticleSystems systems) =>
            HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems)
            + PhaseSpace.Positions(state).square().sum([-2L, -1L]) / 2;                              // (b)

        var systems = new ParticleSystems(ones([1, 2, 1], dtype: ScalarType.Float64));               // masses, (b, n, c)
        var start = PhaseSpace.Join(positions, momenta);                                             // (b, 2, n, D)
        var motion = new Leapfrog().Solve(HamiltonianFlow.Create(Trap, systems), start, times).States;   // (t, b, 2, n, D)

        // Unit masses in a trap of unit stiffness: q(t) = q(0) cos t, p(t) = -q(0) sin t.
        var expected = PhaseSpace.Join(positions * Math.Cos(1), -positions * Math.Sin(1));
        Assert.InRange((motion[-1] - expected).abs().max().item<double>(), 0, 1e-6);
    }

    [Fact]
    public void Data_OfOnesOwnEnergy_AreLearned()
    {
        const int steps = 40;
        using var all = NewDisposeScope();
        random.manual_seed(1);

        static Tensor Trap(Tensor state, ParticleSystems systems) =>
            HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems)
            + PhaseSpace.Positions(state).square().sum([-2L, -1L]) / 2;                              // (b)

        var trap = new DynamicalSystem("trap", 1, Trap, (draws, particles, dimensions) => new InitialStates(
            PhaseSpace.Join(draws.Normal(particles, dimensions), draws.Normal(particles, dimensions)),
            draws.Uniform(particles, 1) + 0.5));                                                     // masses
        using var data = DynamicsData.Make(trap, new DynamicsDataOptions { Particles = 2, TrainCount = 50, Points = 20 });
        using var network = new LieHamiltonian(
            LieGroups.Parse("SO2"), new LieDynamicsOptions { Parameters = 1, Channels = 32, Layers = 2, Centred = false });
        network.to(ScalarType.Float64);
        using var adam = optim.Adam(network.parameters(), lr: 3e-3);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var states = data.Train.States.transpose(0, 1);                                          // (t, b, 2, n, D)
            var moments = data.Train.Times.data<double>().ToArray();
            var moved = new RungeKutta4().Solve(network.Field(data.Train.Systems()), states[0], moments).States;
            var loss = (moved - states).square().mean();
            adam.zero_grad();
            loss.backward();
            adam.step();
        }

        // Better on systems that it never saw than particles that feel nothing, as it was at the beginning.
        var ahead = Error(network.Field(data.Test.Systems()));
        var free = Error(HamiltonianFlow.Create(
            (state, of) => HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), of), data.Test.Systems()));
        Assert.True(ahead < 0.9 * free, $"{ahead} is not below {free}");

        // What was learned turns with the plane: angular momentum stays, linear momentum does not.
        var test = data.Test.States[0].unsqueeze(1);                                                 // (T, 1, 2, n, D)
        var systems = new ParticleSystems(data.Test.Parameters.narrow(0, 0, 1));
        using var off = no_grad();
        double[] times = [.. Enumerable.Range(0, 101).Select(i => 1e-2 * i)];
        var motion = new RungeKutta4().Solve(network.Field(systems), test[0], times).States;
        Assert.InRange(Change(ConservedQuantities.AngularMomentum(motion)), 0, 1e-7);
        Assert.True(Change(ConservedQuantities.LinearMomentum(motion)) > 1e-4, "nothing was learned");

        double Error(VectorField field)
        {
            var truth = data.Test.States.transpose(0, 1);
            var moved = new RungeKutta4().Solve(field, truth[0], data.Test.Times.data<double>().ToArray()).States;
            return (moved - truth).square().mean().item<double>();
        }

        static double Change(Tensor totals) => (totals[-1] - totals[0]).abs().max().item<double>();
    }
}
