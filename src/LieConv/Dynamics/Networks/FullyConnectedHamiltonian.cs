using LieConv.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// The baseline HFC of Finzi et al. 2020: H = Σ p²/2m + V with V a network of fully connected layers of the centred
/// positions and the parameters. It has a fixed number of particles in a fixed order.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class FullyConnectedHamiltonian : HamiltonianNetwork
{
    /// <summary>The paper's name of the network.</summary>
    public const string ShortName = "HFC";

    [ComponentName(Name = "net")] private readonly FullyConnectedNetwork _net;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public FullyConnectedHamiltonian(FullyConnectedOptions options) : base(nameof(FullyConnectedHamiltonian))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, true);                // positions are centred
        _net = new FullyConnectedNetwork(
            options.Particles * (options.Dimensions + options.Parameters), options.Channels, options.Layers, 1);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public FullyConnectedOptions Options { get; }

    /// <inheritdoc/>
    public override int Dimensions => Options.Dimensions;

    /// <inheritdoc/>
    public override int Parameters => Options.Parameters;

    /// <summary>The energy Σ p²/2m + V.</summary>
    /// <param name="state">Positions and momenta of as many particles as the network has, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask (b, n).</param>
    /// <returns>Shape (b).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor Energy(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var inputs = ParticleInputs.Create(state, systems, this, _net.Parameter);
        FixedSize.Check(inputs.Positions, Options.Particles, nameof(state));
        var potential = _net.call(inputs.Places.flatten(1)).squeeze(-1);                        // (b)
        return scope.MoveToOuter(KineticEnergy(inputs.Momenta, inputs.Systems) + potential);
    }
}
