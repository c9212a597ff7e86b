using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>
/// A <see cref="LieResNet"/> on the atoms of molecules, the original's MolecLieResNet: atoms are points with the values
/// one-hot(species) × (1, c, c²), c the nuclear charge in units of <see cref="MolecularNetworkOptions.ChargeScale"/>.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class MolecularLieResNet : MolecularNetwork
{
    /// <summary>The original's name of the network.</summary>
    public const string ShortName = "MolecLieResNet";

    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">A group that acts on space.</param>
    /// <param name="options">The network's shape.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, as for <see cref="LieResNet"/>; null for the
    /// options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public MolecularLieResNet(
        LieGroup group, MolecularNetworkOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(MolecularLieResNet))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        if (group.PointDim != 3)
            throw new ArgumentException(
                $"{group} acts on {group.PointDim}-dimensional points; expected a group on space, such as T3 or SE3.");
        (Options, IsTranslationInvariant) = (options, options.Recentre || group.HoldsTranslations);
        _network = new LieResNet(group, options.ToLieResNet(), finder);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public MolecularNetworkOptions Options { get; }

    /// <summary>The network on the atoms.</summary>
    public LieResNet Network => _network;

    /// <summary>The group that the network respects.</summary>
    public LieGroup Group => _network.Group;

    /// <inheritdoc/>
    public override int Outputs => Options.Outputs;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Species => Options.Species;

    /// <summary>Predicts.</summary>
    /// <param name="batch">b molecules.</param>
    /// <param name="draws">Source of lifts and neighbours.</param>
    /// <returns>Shape (b, outputs).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit, or an atom is of no known
    /// species.</exception>
    public override Tensor forward(MoleculeBatch batch, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        var answers = _network.call(ToPoints(batch), draws);
        return scope.MoveToOuter(Options.PoolsAtoms ? AtomPooling.Apply(answers, batch, Options) : answers);
    }

    /// <summary>The atoms as points with values: what the network reads.</summary>
    /// <param name="batch">b molecules.</param>
    /// <returns>Coordinates (b, n, 3), values (b, n, 3S) for S species, mask (b, n).</returns>
    /// <exception cref="ArgumentException">As for <see cref="forward"/>.</exception>
    public PointSet ToPoints(MoleculeBatch batch)
    {
        using var scope = NewDisposeScope();
        Guard.OnDeviceOf(batch.Positions, nameof(batch.Positions), _network.Parameter);
        var place = new AtomPlace(Options.Origin, Options.Recentre, Options.LengthUnit);
        var atoms = AtomFeatures.Create(batch, Species, Options.ChargeScale, place, _network.Parameter.dtype);
        return new PointSet(
            scope.MoveToOuter(atoms.Positions), scope.MoveToOuter(atoms.Values), scope.MoveToOuter(atoms.Mask));
    }
}
