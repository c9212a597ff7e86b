using LieConv.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// The baseline FC of Finzi et al. 2020: a network of fully connected layers from the whole state to its time
/// derivative. It knows neither energy nor symmetry but for translations, and has a fixed number of particles in a
/// fixed order.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class FullyConnectedDynamics : DynamicsNetwork
{
    /// <summary>The paper's name of the network.</summary>
    public const string ShortName = "FC";

    [ComponentName(Name = "net")] private readonly FullyConnectedNetwork _net;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public FullyConnectedDynamics(FullyConnectedOptions options) : base(nameof(FullyConnectedDynamics))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, true);                // positions are centred
        _net = new FullyConnectedNetwork(
            options.Particles * (2 * options.Dimensions + options.Parameters), options.Channels, options.Layers,
            options.Particles * 2 * options.Dimensions);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public FullyConnectedOptions Options { get; }

    /// <inheritdoc/>
    public override int Dimensions => Options.Dimensions;

    /// <inheritdoc/>
    public override int Parameters => Options.Parameters;

    /// <summary>The time derivative of states.</summary>
    /// <param name="state">Positions and momenta of as many particles as the network has, shape (b, 2, n, D).</param>
    /// <param name="systems">Parameters (b, n, c) and mask (b, n).</param>
    /// <returns>dz/dt, 0 for padding, shape (b, 2, n, D).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor forward(Tensor state, ParticleSystems systems)
    {
        using var scope = NewDisposeScope();
        var inputs = ParticleInputs.Create(state, systems, this, _net.Parameter);
        FixedSize.Check(inputs.Positions, Options.Particles, nameof(state));
        // The original's order: all positions, all momenta, all parameters.
        var flat = cat(
            [inputs.Positions.flatten(1), inputs.Momenta.flatten(1), inputs.Systems.Parameters.flatten(1)], 1);
        var slope = _net.call(flat).view(state.shape);                                          // (b, 2, n, D)
        return scope.MoveToOuter(ParticleInputs.Valid(slope, inputs.Systems.Mask?.unsqueeze(1)));
    }
}
