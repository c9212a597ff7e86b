using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// HLieResNet of Finzi et al. 2020, section 6: H = Σ p²/2m + V(q, parameters), with V a residual network on a Lie group.
/// By Noether's theorem the motion conserves the momentum of every symmetry of V: linear momentum where the group has
/// translations, angular momentum where it has rotations.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class LieHamiltonian : HamiltonianNetwork
{
    /// <summary>Name as typed on the command line.</summary>
    public const string ShortName = "HLieResNet";

    private readonly LieDynamicsOptions _options;
    [ComponentName(Name = "potential")] private readonly LieResNet _potential;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group that the potential is invariant under.</param>
    /// <param name="options">Its shape.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, as for <see cref="LieResNet"/>; null for the
    /// options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public LieHamiltonian(LieGroup group, LieDynamicsOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(LieHamiltonian))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        options.CheckLift(group);
        (Group, _options) = (group, options);
        IsTranslationInvariant = options.Centred || group.HoldsTranslations;
        _potential = new LieResNet(group, options.Network(options.Parameters, 1, pool: true), finder);
        HasFrames = _potential.HasFrames;
        RegisterComponents();
    }

    /// <summary>The group that the potential is invariant under.</summary>
    public LieGroup Group { get; }

    /// <inheritdoc/>
    public override int Dimensions => Group.PointDim;

    /// <inheritdoc/>
    public override int Parameters => _options.Parameters;

    /// <inheritdoc/>
    public override Tensor Energy(Tensor state, ParticleSystems systems)
    {
        PhaseSpace.Check(state, systems, Dimensions, Parameters);
        using var scope = NewDisposeScope();
        var potential = Potential(PhaseSpace.Positions(state), systems);
        return scope.MoveToOuter(KineticEnergy(PhaseSpace.Momenta(state), systems) + potential);
    }

    /// <summary>The potential energy V, shape (b).</summary>
    /// <param name="positions">Shape (b, n, D).</param>
    /// <param name="systems">Parameters and mask.</param>
    /// <exception cref="ArgumentException">If a shape or type does not fit.</exception>
    public Tensor Potential(Tensor positions, ParticleSystems systems)
    {
        Guard.HasShape(positions, nameof(positions), "(b, n, D)", null, null, Dimensions);
        using var scope = NewDisposeScope();
        if (_options.Centred) positions = PhaseSpace.Centred(positions, systems.Mask);
        var points = new PointSet(positions, systems.Parameters, systems.Mask);
        return scope.MoveToOuter(_potential.call(points, systems.Draws).squeeze(-1));
    }
}
