using LieConv.Dynamics;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>The vector field of a network of dynamics in the original's operations.</summary>
internal sealed class ReferenceDynamics : IDisposable
{
    private readonly ReferenceNetwork? _potential;
    private readonly ReferenceFullyConnected? _fullyConnected;
    private readonly Generator _generator = new(5);

    /// <summary>Takes a network with a potential that is a residual network, or a fully connected one.</summary>
    public ReferenceDynamics(DynamicsNetwork network)
    {
        if (network.modules().OfType<LieResNet>().SingleOrDefault() is { } potential)
            _potential = new ReferenceNetwork(potential, keepsGeometry: false);
        else _fullyConnected = new ReferenceFullyConnected(network);
    }

    /// <summary>The vector field for given systems, without padding.</summary>
    public VectorField Field(ParticleSystems systems) => (_, state) => _fullyConnected is not null
        ? _fullyConnected.Apply(state, systems.Parameters)
        : HamiltonianFlow.Derivative(point => Energy(point, systems), state);

    /// <inheritdoc/>
    public void Dispose()
    {
        _potential?.Dispose();
        _generator.Dispose();
    }

    private Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var (positions, momenta) = (PhaseSpace.Positions(state), PhaseSpace.Momenta(state));
        var centred = positions - positions.mean([1L], keepdim: true);
        var kinetic = ((momenta * momenta).sum(-1) / systems.Parameters.select(-1, 0) / 2).sum(-1);
        var potential = _potential!.Apply(
            new PointSet(centred, systems.Parameters, positions.select(-1, 0).isnan().logical_not()),
            new GeneratorDraws(_generator));
        return scope.MoveToOuter(kinetic + potential.squeeze(-1));
    }
}
