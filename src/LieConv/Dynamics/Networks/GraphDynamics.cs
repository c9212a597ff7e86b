using LieConv.Models.Graph;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// The baseline OGN of Finzi et al. 2020: a graph network that reads each particle's velocity and force off its node.
/// Any number of particles, in any order; no energy is conserved.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class GraphDynamics : DynamicsNetwork
{
    /// <summary>The paper's name of the network.</summary>
    public const string ShortName = "OGN";

    [ComponentName(Name = "net")] private readonly GraphNetwork _net;
    [ComponentName(Name = "position_head")] private readonly Linear _positionHead;
    [ComponentName(Name = "momentum_head")] private readonly Linear _momentumHead;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public GraphDynamics(GraphOptions options) : base(nameof(GraphDynamics))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, true);                // positions are centred
        _net = new GraphNetwork(2 * options.Dimensions + options.Parameters, options);
        _positionHead = nn.Linear(options.Channels, options.Dimensions);
        _momentumHead = nn.Linear(options.Channels, options.Dimensions);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public GraphOptions Options { get; }

    /// <inheritdoc/>
    public override int Dimensions => Options.Dimensions;

    /// <inheritdoc/>
    public override int Parameters => Options.Parameters;

    /// <summary>The time derivative of states.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask (b, n).</param>
    /// <returns>dz/dt, 0 for padding, shape (b, 2, n, D).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor forward(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var inputs = ParticleInputs.Create(state, systems, this, _net.Parameter);
        var nodes = _net.Nodes(inputs.Particles, inputs.Systems.Mask);                          // (b, n, k)
        var slope = PhaseSpace.Join(_positionHead.call(nodes), _momentumHead.call(nodes));      // (b, 2, n, D)
        return scope.MoveToOuter(ParticleInputs.Valid(slope, inputs.Systems.Mask?.unsqueeze(1)));
    }
}
