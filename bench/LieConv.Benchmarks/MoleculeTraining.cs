using LieConv.Groups;
using LieConv.Molecules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>
/// The network of molecules at the sizes of the original's README on random molecules of QM9's sizes: batch 75, 1536
/// channels, 6 layers, all atoms as neighbours, float32.
/// </summary>
internal sealed class MoleculeTraining : IDisposable
{
    /// <summary>Molecules in a batch.</summary>
    public const int Batch = 75;

    /// <summary>QM9 has 9 to 29 atoms in all but its smallest molecules, and 18 on average: a triangle.</summary>
    private static readonly int[] Sizes =
        [.. Enumerable.Range(0, Batch).Select(i => i == 0 ? 29 : (int)Math.Round(Quantile((i + 0.5) / Batch)))];

    private readonly MolecularLieResNet _network;
    private readonly Adam _optimizer;
    private readonly Generator _generator = new(2);
    private readonly MoleculeBatch _batch;
    private readonly Tensor _target = randn([Batch]);

    /// <summary>Creates the network of a group, with or without the arithmetic on padding.</summary>
    public MoleculeTraining(string group, bool packed)
    {
        random.manual_seed(1);
        _network = new MolecularLieResNet(LieGroups.Parse(group), new MolecularNetworkOptions());
        if (!packed) _network.Network.LeastPadding = double.PositiveInfinity;
        _optimizer = optim.Adam(_network.parameters(), 1e-3);
        var largest = Sizes.Max();
        var charges = tensor([1L, 6, 7, 8, 9])[randint(0, 5, [Batch, largest], dtype: ScalarType.Int64)];
        for (var i = 0; i < Batch; i++) charges[i, Sizes[i]..].zero_();
        _batch = new MoleculeBatch(randn([Batch, largest, 3]) * 1.5, charges);
    }

    /// <summary>Atoms of a molecule on average.</summary>
    public static double MeanAtoms => Sizes.Average();

    /// <summary>One optimiser step.</summary>
    public void Train()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var predicted = _network.call(_batch, new GeneratorDraws(_generator)).squeeze(-1);
        (predicted - _target).abs().mean().backward();
        _optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _generator.Dispose();
        _target.Dispose();
        _batch.Positions.Dispose();
        _batch.Charges.Dispose();
    }

    /// <summary>The quantile of a triangular density on [9, 29] with mean 18, whose peak is at 16.</summary>
    private static double Quantile(double p)
    {
        const double low = 9, peak = 16, high = 29;
        const double below = (peak - low) / (high - low);
        return p < below
            ? low + Math.Sqrt(p * (high - low) * (peak - low))
            : high - Math.Sqrt((1 - p) * (high - low) * (high - peak));
    }
}
