using LieConv.Models.Graph;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// The baseline VOGN of Finzi et al. 2020: H = Σ p²/2m + V with V a graph network of the centred positions and the
/// parameters. Any number of particles, in any order.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class GraphPotential : HamiltonianNetwork
{
    /// <summary>The paper's name of the network.</summary>
    public const string ShortName = "VOGN";

    [ComponentName(Name = "net")] private readonly GraphNetwork _net;
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public GraphPotential(GraphOptions options) : base(nameof(GraphPotential))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, true);                // positions are centred
        _net = new GraphNetwork(options.Dimensions + options.Parameters, options);
        _head = nn.Linear(options.Channels, 1);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public GraphOptions Options { get; }

    /// <inheritdoc/>
    public override int Dimensions => Options.Dimensions;

    /// <inheritdoc/>
    public override int Parameters => Options.Parameters;

    /// <summary>The energy Σ p²/2m + V.</summary>
    /// <param name="state">Positions and momenta, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask (b, n).</param>
    /// <returns>Shape (b).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var inputs = ParticleInputs.Create(state, systems, this, _net.Parameter);
        var globals = _net.Globals(inputs.Places, inputs.Systems.Mask);                        // (b, k)
        var potential = _head.call(globals).squeeze(-1);                                        // (b)
        return scope.MoveToOuter(KineticEnergy(inputs.Momenta, inputs.Systems) + potential);
    }
}
