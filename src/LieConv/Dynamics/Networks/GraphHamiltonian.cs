using LieConv.Models.Graph;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// The baseline HOGN (Sanchez-Gonzalez et al. 2019, as in Finzi et al. 2020): a graph network gives the energy of
/// positions and momenta together. Any number of particles, in any order.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class GraphHamiltonian : HamiltonianNetwork
{
    /// <summary>The paper's name of the network.</summary>
    public const string ShortName = "HOGN";

    [ComponentName(Name = "net")] private readonly GraphNetwork _net;
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public GraphHamiltonian(GraphOptions options) : base(nameof(GraphHamiltonian))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, true);                // positions are centred
        _net = new GraphNetwork(2 * options.Dimensions + options.Parameters, options);
        _head = nn.Linear(options.Channels, 1);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public GraphOptions Options { get; }

    /// <inheritdoc/>
    public override int Dimensions => Options.Dimensions;

    /// <inheritdoc/>
    public override int Parameters => Options.Parameters;

    /// <summary>The energy.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask (b, n).</param>
    /// <returns>Shape (b).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var inputs = ParticleInputs.Create(state, systems, this, _net.Parameter);
        var globals = _net.Globals(inputs.Particles, inputs.Systems.Mask);                     // (b, k)
        return scope.MoveToOuter(_head.call(globals).squeeze(-1));
    }
}
