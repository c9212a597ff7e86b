using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>
/// The least-squares fit of a target to how many atoms of each element a molecule has, y ≈ a + Σ_e n_e b_e, and where asked
/// for to their squared distances from the centre of mass, + Σ_e c_e Σ_i∈e |r_i|²: of the infinitely many that fit equally
/// well where the columns depend on each other, that with the smallest b and c. What is left is what a network has to learn.
/// </summary>
/// <param name="Constant">a.</param>
/// <param name="Atoms">b by nuclear charge.</param>
/// <param name="Extents">c by nuclear charge; null where not asked for.</param>
/// <param name="Residuals">y less the fit, by molecule.</param>
internal sealed record CompositionFit(
    double Constant, IReadOnlyDictionary<int, double> Atoms, IReadOnlyDictionary<int, double>? Extents, double[] Residuals)
{
    /// <summary>Fits.</summary>
    /// <param name="set">The molecules, at least one.</param>
    /// <param name="target">Place of the target.</param>
    /// <param name="extents">Whether the target grows with the squares of distances, as the electronic spatial extent does.
    /// </param>
    /// <returns>Null where all molecules are of the same atoms, which tell nothing.</returns>
    public static CompositionFit? Create(MoleculeSet set, int target, bool extents = false)
    {
        var species = set.Species.Count;
        extents = extents && set.Species.All(charge => AtomMasses.Find(charge) is not null);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = tensor(Columns(set, extents), [set.Count, extents ? 2 * species : species], dtype: ScalarType.Float64);
        var y = tensor([.. Enumerable.Range(0, set.Count).Select(i => set.Target(i, target))], dtype: ScalarType.Float64);
        var (usual, mean) = (x.mean([0L]), y.mean());
        var spread = x - usual;
        if (spread.narrow(1, 0, species).abs().max().item<double>() == 0) return null;
        var worth = linalg.pinv(spread).matmul((y - mean).unsqueeze(1)).squeeze(1);
        var constant = mean - (usual * worth).sum();
        var numbers = worth.data<double>().ToArray();
        return new CompositionFit(
            constant.item<double>(), ByCharge(numbers[..species]), extents ? ByCharge(numbers[species..]) : null,
            (y - constant - x.matmul(worth)).data<double>().ToArray());

        Dictionary<int, double> ByCharge(double[] values) =>
            set.Species.Zip(values).ToDictionary(pair => (int)pair.First, pair => pair.Second);
    }

    /// <summary>By molecule: atoms of each element, then their sums of squared distances.</summary>
    private static double[] Columns(MoleculeSet set, bool extents)
    {
        var place = new int[256];
        for (var i = 0; i < set.Species.Count; i++) place[set.Species[i]] = i;
        var width = extents ? 2 * set.Species.Count : set.Species.Count;
        var (columns, squares) = (new double[set.Count * width], new double[set.LargestAtomCount]);
        for (var i = 0; i < set.Count; i++)
        {
            var charges = set.ChargesOf(i);
            if (extents) MoleculeReference.SquaredRadii(charges, set.PositionsOf(i), squares);
            for (var atom = 0; atom < charges.Length; atom++)
            {
                var column = i * width + place[charges[atom]];
                columns[column]++;
                if (extents) columns[column + set.Species.Count] += squares[atom];
            }
        }
        return columns;
    }
}
