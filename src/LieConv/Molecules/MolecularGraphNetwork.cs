using LieConv.Models.Graph;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>
/// The original's baseline MolecGN: a graph network on the complete graph of a molecule's atoms, whose prediction is
/// read off the features of the whole graph. Unlike the original's, padding is no atom. No motion leaves it as it is.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class MolecularGraphNetwork : MolecularNetwork
{
    /// <summary>The original's name of the network.</summary>
    public const string ShortName = "MolecGN";

    [ComponentName(Name = "net")] private readonly GraphNetwork _net;
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="options">Its shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public MolecularGraphNetwork(MolecularGraphOptions options) : base(nameof(MolecularGraphNetwork))
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        (Options, IsTranslationInvariant) = (options, options.Recentre);
        _net = new GraphNetwork(
            AtomFeatures.PerSpecies * options.Species.Count + 3,
            new GraphOptions { Channels = options.Channels, Layers = options.Layers });
        _head = nn.Linear(options.Channels, options.Outputs);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public MolecularGraphOptions Options { get; }

    /// <inheritdoc/>
    public override int Outputs => Options.Outputs;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Species => Options.Species;

    /// <summary>Predicts.</summary>
    /// <param name="batch">b molecules.</param>
    /// <param name="draws">Unused: nothing is drawn.</param>
    /// <returns>Shape (b, outputs).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit, or an atom is of no known
    /// species.</exception>
    public override Tensor forward(MoleculeBatch batch, Draws draws)
    {
        using var scope = NewDisposeScope();
        Guard.OnDeviceOf(batch.Positions, nameof(batch.Positions), _net.Parameter);
        var place = new AtomPlace(Options.Origin, Options.Recentre, Options.LengthUnit);
        var atoms = AtomFeatures.Create(batch, Species, Options.ChargeScale, place, _net.Parameter.dtype);
        return scope.MoveToOuter(Predict(atoms.Values, atoms.Positions, atoms.Mask));
    }

    /// <summary>Predicts from the features of nodes; without a mask all rows are nodes, as in the original.</summary>
    /// <param name="values">Values of the atoms, shape (b, n, 3S).</param>
    /// <param name="positions">Shape (b, n, 3).</param>
    /// <param name="mask">True for atoms, shape (b, n); null for all.</param>
    internal Tensor Predict(Tensor values, Tensor positions, Tensor? mask) =>
        _head.call(_net.Globals(cat([values, positions], -1), mask));
}
