using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>
/// A network of dynamics at the sizes of the original's README on random systems: batch 200, 6 particles in the plane, a
/// rollout over 4 intervals by the 3/8 rule, float32. Energies are differentiated twice.
/// </summary>
internal sealed class SpringTraining : IDisposable
{
    /// <summary>Systems in a batch.</summary>
    public const int Batch = 200;

    private const int Particles = 6;
    private static readonly double[] Times = [0, 0.01, 0.02, 0.03, 0.04];

    private readonly DynamicsNetwork _network;
    private readonly Adam _optimizer;
    private readonly OdeSolver _solver = new RungeKutta38();
    private readonly Tensor _state = randn([Batch, 2, Particles, 2]) * 0.5;
    private readonly Tensor _target = randn([Times.Length, Batch, 2, Particles, 2]);
    private readonly ParticleSystems _systems = new(rand([Batch, Particles, 2]) + 0.1);

    /// <summary>Creates the network NAME or NAME:GROUP.</summary>
    public SpringTraining(string label)
    {
        random.manual_seed(1);
        var (name, group) = label.Split(':', 2) is [var n, var g] ? (n, g) : (label, null);
        var known = DynamicsNetworks.Find(name);
        var options = new DynamicsModelOptions
        {
            Channels = known.HasGroup ? 384 : 256, Layers = known.Name.EndsWith("OGN", StringComparison.Ordinal) ? 1 : 4,
        };
        _network = DynamicsNetworks.Create(
            name, DynamicsNetworks.GroupOf(name, group ?? (known.HasGroup ? "T2" : null), 2), options, Particles, 2, 2);
        _optimizer = optim.Adam(_network.parameters(), 1e-3);
    }

    /// <summary>One optimiser step.</summary>
    public void Train()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var predicted = _solver.Solve(_network.Field(_systems), _state, Times).States;
        (predicted - _target).square().mean().backward();
        _optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _state.Dispose();
        _target.Dispose();
        _systems.Parameters.Dispose();
    }
}
