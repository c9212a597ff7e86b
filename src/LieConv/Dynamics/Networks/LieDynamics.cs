using LieConv.Groups;
using LieConv.Internal;
using LieConv.Models;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// FLieResNet of Finzi et al. 2020: a residual network that gives dq/dt and dp/dt of each particle directly, from
/// centred positions, parameters and momenta. It conserves nothing: the comparison for <see cref="LieHamiltonian"/>.
/// </summary>
/// <remarks>Momenta are plain values here, which a rotation of the space does not turn, so that under a group with
/// rotations the network is not equivariant as a whole; the original has it so too.</remarks>
public sealed class LieDynamics : DynamicsNetwork
{
    /// <summary>Name as typed on the command line.</summary>
    public const string ShortName = "FLieResNet";

    private readonly LieDynamicsOptions _options;
    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Its shape; one lift a particle.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public LieDynamics(LieGroup group, LieDynamicsOptions options) : base(nameof(LieDynamics))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        if (options.LiftSamples != 1)
            throw new ArgumentException(
                $"LiftSamples is {options.LiftSamples}; FLieResNet gives one answer a particle: expected 1.");
        (Group, _options, HasFrames) = (group, options, group.HasStabilizer);
        IsTranslationInvariant = options.Centred || TranslationInvariance.Of(group);
        var inputs = options.Parameters + group.PointDim;
        _network = new LieResNet(group, options.Network(inputs, 2 * group.PointDim, pool: false));
        RegisterComponents();
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <inheritdoc/>
    public override int Dimensions => Group.PointDim;

    /// <inheritdoc/>
    public override int Parameters => _options.Parameters;

    /// <inheritdoc/>
    public override Tensor forward(Tensor state, ParticleSystems systems)
    {
        PhaseSpace.Check(state, systems, Dimensions, Parameters);
        using var scope = NewDisposeScope();
        var positions = PhaseSpace.Positions(state);
        if (_options.Centred) positions = PhaseSpace.Centred(positions, systems.Mask);
        var values = cat([systems.Parameters, PhaseSpace.Momenta(state)], -1);
        var slopes = _network.call(new PointSet(positions, values, systems.Mask), systems.Draws);     // (b, n, 2D)
        if (systems.Mask is not null) slopes = slopes.masked_fill(systems.Mask.logical_not().unsqueeze(-1), 0);
        return scope.MoveToOuter(
            PhaseSpace.Join(slopes.narrow(-1, 0, Dimensions), slopes.narrow(-1, Dimensions, Dimensions)));
    }
}
