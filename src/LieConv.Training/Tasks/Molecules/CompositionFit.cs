using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>
/// The least-squares fit of a target to how many atoms of each element a molecule has, y ≈ a + Σ_e n_e b_e: of the
/// infinitely many that fit equally well where the counts depend on each other, that with the smallest b. What is left is
/// what a network has to learn.
/// </summary>
/// <param name="Constant">a.</param>
/// <param name="Atoms">b by nuclear charge.</param>
/// <param name="Residuals">y less the fit, by molecule.</param>
internal sealed record CompositionFit(double Constant, IReadOnlyDictionary<int, double> Atoms, double[] Residuals)
{
    /// <summary>Fits.</summary>
    /// <param name="set">The molecules, at least one.</param>
    /// <param name="target">Place of the target.</param>
    /// <returns>Null where all molecules are of the same atoms, which tell nothing.</returns>
    public static CompositionFit? Create(MoleculeSet set, int target)
    {
        var species = set.Species;
        var counts = new double[set.Count * species.Count];
        for (var i = 0; i < set.Count; i++)
            foreach (var charge in set.ChargesOf(i)) counts[i * species.Count + IndexOf(species, charge)]++;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var n = tensor(counts, [set.Count, species.Count], dtype: ScalarType.Float64);
        var y = tensor([.. Enumerable.Range(0, set.Count).Select(i => set.Target(i, target))], dtype: ScalarType.Float64);
        var (usual, mean) = (n.mean([0L]), y.mean());                                            // (S), ()
        var spread = n - usual;
        if (spread.abs().max().item<double>() == 0) return null;
        var worth = linalg.pinv(spread).matmul((y - mean).unsqueeze(1)).squeeze(1);                // (S)
        var constant = mean - (usual * worth).sum();
        var left = y - constant - n.matmul(worth);
        return new CompositionFit(
            constant.item<double>(),
            species.Zip(worth.data<double>().ToArray()).ToDictionary(pair => (int)pair.First, pair => pair.Second),
            left.data<double>().ToArray());
    }

    private static int IndexOf(IReadOnlyList<byte> species, byte charge)
    {
        for (var i = 0; i < species.Count; i++) if (species[i] == charge) return i;
        throw new ArgumentOutOfRangeException(nameof(charge));
    }
}
