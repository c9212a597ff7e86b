using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// FLieResNet of Finzi et al. 2020: a residual network that gives dq/dt and dp/dt of each particle directly, from
/// centred positions, parameters and momenta. It conserves nothing: the comparison for <see cref="LieHamiltonian"/>.
/// </summary>
/// <remarks>Under a group with rotations each frame of the system shows momenta turned as the positions are, and what
/// the network gives is turned back, so that the motion of a turned system is the turned motion. The original takes
/// momenta as plain values, which no rotation turns; so does <see cref="FrameChoice.Sampled"/>. A group
/// that scales (RxSO2) scales the positions only.</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class LieDynamics : DynamicsNetwork
{
    /// <summary>Name as typed on the command line.</summary>
    public const string ShortName = "FLieResNet";

    private readonly LieDynamicsOptions _options;
    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Its shape; one lift a particle.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, as for <see cref="LieResNet"/>; null for the
    /// options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public LieDynamics(LieGroup group, LieDynamicsOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(LieDynamics))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        if (options.Block.LiftSamples != 1)
            throw new ArgumentException(
                $"LiftSamples is {options.Block.LiftSamples}; FLieResNet gives one answer a particle: expected 1.");
        options.CheckLift(group);
        (Group, _options) = (group, options);
        IsTranslationInvariant = options.Centred || group.HoldsTranslations;
        var inputs = options.Parameters + group.PointDim;
        _network = new LieResNet(group, options.Network(inputs, 2 * group.PointDim, pool: false), finder);
        HasFrames = _network.HasFrames;
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
        var momenta = PhaseSpace.Momenta(state);
        var slopes = _network.Frames is { } frames
            ? FromFrames(positions, momenta, systems, frames)
            : _network.call(Points(positions, momenta, systems.Parameters, systems.Mask), systems.Draws);
        if (systems.Mask is not null) slopes =
            slopes.masked_fill(systems.Mask.logical_not().unsqueeze(-1), Scalars.Of(0));
        return scope.MoveToOuter(
            PhaseSpace.Join(slopes.narrow(-1, 0, Dimensions), slopes.narrow(-1, Dimensions, Dimensions)));
    }

    /// <summary>The weighted mean of what each frame's view moves like, turned back, shape (b, n, 2D).</summary>
    private Tensor FromFrames(Tensor positions, Tensor momenta, ParticleSystems systems, FrameSymmetry frames)
    {
        if (systems.Mask is { } mask) momenta = momenta.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));
        var views = FrameViews.Create(
            new PointSet(positions, systems.Parameters, systems.Mask), frames, systems.Draws, momenta);
        var seen = _network.OfViews(
            Points(views.Points.Coordinates, views.Seen(momenta), views.Points.Values, views.Points.Mask),
            new Unturned(systems.Draws));
        return views.Average(cat([.. seen.split(Dimensions, -1).Select(views.TurnedBack)], -1));
    }

    private static PointSet Points(Tensor positions, Tensor momenta, Tensor parameters, Tensor? mask) =>
        new(positions, cat([parameters, momenta], -1), mask);
}
