using LieConv.Benchmarks.Arithmetic;
using LieConv.Benchmarks.Reference;
using LieConv.Benchmarks.Workloads;
using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Lifting;
using LieConv.Models;
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

    private const int Particles = 6, Dimensions = 2, Parameters = 2;
    private const int StagesPerInterval = 4;
    private static readonly double[] Times = [0, 0.01, 0.02, 0.03, 0.04];

    private readonly DynamicsModelOptions _options;
    private readonly DynamicsNetwork _network;
    private readonly Lazy<ReferenceDynamics> _reference;
    private readonly Adam _optimizer;
    private readonly OdeSolver _solver = new RungeKutta38();
    private readonly Tensor _state = randn([Batch, 2, Particles, Dimensions]) * 0.5;
    private readonly Tensor _target = randn([Times.Length, Batch, 2, Particles, Dimensions]);
    private readonly ParticleSystems _systems = new(rand([Batch, Particles, Parameters]) + 0.1);

    /// <summary>Creates the network NAME or NAME:GROUP.</summary>
    public SpringTraining(string label)
    {
        random.manual_seed(1);
        var (name, group) = label.Split(':', 2) is [var n, var g] ? (n, g) : (label, null);
        var known = DynamicsNetworks.Find(name);
        _options = new DynamicsModelOptions
        {
            Channels = known.HasGroup ? 384 : 256, Layers = known.Name.EndsWith("OGN", StringComparison.Ordinal) ? 1 : 4,
        };
        _network = DynamicsNetworks.Create(
            name, DynamicsNetworks.GroupOf(name, group ?? (known.HasGroup ? "T2" : null), Dimensions), _options,
            Particles, Dimensions, Parameters);
        _reference = new(() => new ReferenceDynamics(_network));
        _optimizer = optim.Adam(_network.parameters(), 1e-3);
    }

    /// <summary>Evaluations of the network in a step.</summary>
    public static int Evaluations => StagesPerInterval * (Times.Length - 1);

    /// <summary>The residual network inside; null where there is none.</summary>
    public LieResNet? Potential => _network.modules().OfType<LieResNet>().SingleOrDefault();

    /// <summary>The particles as the residual network reads them.</summary>
    public PointSet Points => new(PhaseSpace.Centred(PhaseSpace.Positions(_state), null), _systems.Parameters);

    /// <summary>The essential arithmetic of one evaluation of the residual network, or of the fully connected
    /// one.</summary>
    public OperationCount Count => Potential is { } potential
        ? NetworkArithmetic.Count(potential.Options, potential.Group.RelativeDim, Particles, Batch, Batch)
        : NetworkArithmetic.FullyConnected(Batch, [
            Particles * (2 * Dimensions + Parameters), .. Enumerable.Repeat(_options.Channels, _options.Layers),
            Particles * 2 * Dimensions]);

    /// <summary>The essential arithmetic of a training step.</summary>
    public double Operations => Evaluations * (_network is HamiltonianNetwork ? Count.TrainingOfSlopes : Count.Training);

    /// <summary>One optimiser step.</summary>
    public void Train() => Train(Side.Ours);

    /// <summary>One optimiser step of a side.</summary>
    public void Train(Side side)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var field = side == Side.Ours ? _network.Field(_systems) : _reference.Value.Field(_systems);
        (_solver.Solve(field, _state, Times).States - _target).square().mean().backward();
        _optimizer.step();
    }

    /// <summary>The optimiser's step alone, on the gradients of the last training step.</summary>
    public void Optimize() => _optimizer.step();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_reference.IsValueCreated) _reference.Value.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _state.Dispose();
        _target.Dispose();
        _systems.Parameters.Dispose();
    }
}
