using LieConv.Datasets.Molecules;
using LieConv.Molecules;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Where the atoms of training molecules lie, as numbers that a network reads positions by.</summary>
internal static class PositionScales
{
    /// <summary>A network that reads positions as the original does after its recentring.</summary>
    /// <param name="model">The network; one that centres each molecule by itself gets the unit only.</param>
    /// <param name="train">The training molecules.</param>
    public static MolecularNetworkOptions Standardised(MolecularNetworkOptions model, MoleculeSet train) => model with
    {
        Origin = model.Recentre ? null : MeanPosition(train), LengthUnit = Deviation(train),
    };

    /// <summary>The mean position of all atoms, x, y, z in Angstrom.</summary>
    internal static double[] MeanPosition(MoleculeSet set)
    {
        var mean = new double[3];
        for (var i = 0; i < set.Positions.Length; i++) mean[i % 3] += set.Positions[i];
        for (var axis = 0; axis < 3; axis++) mean[axis] /= Math.Max(1, set.Charges.Length);
        return mean;
    }

    /// <summary>The standard deviation of all coordinates x, y and z taken together, about their one mean, with one
    /// less than their number: PyTorch's std. 1 where they are all alike.</summary>
    internal static double Deviation(MoleculeSet set)
    {
        if (set.Positions.Length == 0) return 1;
        var mean = set.Positions.Average();
        var squares = set.Positions.Sum(coordinate => (coordinate - mean) * (coordinate - mean));
        var deviation = Math.Sqrt(squares / (set.Positions.Length - 1));
        return deviation > 0 ? deviation : 1;
    }
}
