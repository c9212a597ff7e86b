using LieConv.Benchmarks.Arithmetic;
using LieConv.Benchmarks.Reference;
using LieConv.Benchmarks.Workloads;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Molecules;
using LieConv.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>
/// The network of molecules at the sizes of the original's README on random molecules of QM9's sizes: 1536 channels, 6
/// layers, all atoms as neighbours unless the options say otherwise, float32.
/// </summary>
internal sealed class MoleculeTraining : IDisposable
{
    /// <summary>Molecules in a batch of the README.</summary>
    public const int Batch = 75;

    private readonly MoleculeSizes _sizes;
    private readonly MolecularLieResNet _network;
    private readonly Lazy<ReferenceNetwork> _reference;
    private readonly Adam _optimizer;
    private readonly Generator _generator = new(2);
    private readonly MoleculeBatch _batch;
    private readonly Tensor _target;

    /// <summary>Creates the network of a group for the README's batch, with or without the arithmetic on
    /// padding.</summary>
    public MoleculeTraining(string group, bool packed, ProductPrecision products = ProductPrecision.Full)
        : this(group, new MolecularNetworkOptions
        {
            Block = MolecularNetworkOptions.UsualBlock with { Products = products },
        }, Batch)
    {
        if (!packed) _network.Network.LeastPadding = double.PositiveInfinity;
    }

    /// <summary>Creates a network for a batch of a number of molecules.</summary>
    public MoleculeTraining(string group, MolecularNetworkOptions options, int molecules)
    {
        random.manual_seed(1);
        _sizes = new MoleculeSizes(molecules);
        _network = new MolecularLieResNet(LieGroups.Parse(group), options);
        _reference = new(() => new ReferenceNetwork(_network.Network, keepsGeometry: false));
        _optimizer = optim.Adam(_network.parameters(), 1e-3);
        _target = randn([molecules]);
        var charges = tensor([1L, 6, 7, 8, 9])[randint(0, 5, [molecules, _sizes.Largest], dtype: ScalarType.Int64)];
        for (var i = 0; i < molecules; i++) charges[i, _sizes.Atoms[i]..].zero_();
        _batch = new MoleculeBatch(randn([molecules, _sizes.Largest, 3]) * 1.5, charges);
    }

    /// <summary>Atoms of a molecule of the README's batch on average.</summary>
    public static double MeanAtoms => new MoleculeSizes(Batch).Atoms.Average();

    /// <summary>The network.</summary>
    public MolecularLieResNet Network => _network;

    /// <summary>The molecules.</summary>
    public MoleculeBatch Molecules => _batch;

    /// <summary>The essential arithmetic of a forward pass of the batch: that of its atoms, without padding.</summary>
    public OperationCount Count => _sizes.Atoms.Aggregate(default(OperationCount), (sum, atoms) =>
        sum + NetworkArithmetic.Count(_network.Network.Options, _network.Group.RelativeDim, atoms, 1, 1));

    /// <summary>One optimiser step.</summary>
    public void Train() => Train(Side.Ours);

    /// <summary>One optimiser step of a side.</summary>
    public void Train(Side side)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var draws = new GeneratorDraws(_generator);
        var predicted = side == Side.Ours
            ? _network.call(_batch, draws)
            : _reference.Value.Apply(_network.ToPoints(_batch), draws);
        (predicted.squeeze(-1) - _target).abs().mean().backward();
        _optimizer.step();
    }

    /// <summary>The optimiser's step alone, on the gradients of the last training step.</summary>
    public void Optimize() => _optimizer.step();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_reference.IsValueCreated) _reference.Value.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _generator.Dispose();
        _target.Dispose();
        _batch.Positions.Dispose();
        _batch.Charges.Dispose();
    }
}
