using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>Molecules from padded arrays.</summary>
internal static class PaddedArrays
{
    /// <summary>Nuclear charges of each molecule, padding included.</summary>
    public static byte[][] Rows(Tensor charges) => [.. charges.unbind(0)
        .Select(row => row.contiguous().data<long>().ToArray().Select(charge => (byte)charge).ToArray())];

    /// <summary>A set of molecules without their padding.</summary>
    /// <param name="charges">Nuclear charges of each molecule, (n).</param>
    /// <param name="positions">Positions of each molecule, (n, 3), float64.</param>
    /// <param name="names">Names of the targets.</param>
    /// <param name="targets">Values of each molecule.</param>
    public static MoleculeSet ToSet(
        IReadOnlyList<Tensor> charges, IReadOnlyList<Tensor> positions, string[] names, double[][] targets)
    {
        var builder = new MoleculeSetBuilder(names);
        for (var i = 0; i < charges.Count; i++)
        {
            var atoms = charges[i] > 0;
            var own = charges[i][atoms].data<long>().ToArray();
            builder.Add(i + 1, [.. own.Select(charge => (byte)charge)],
                positions[i][atoms].contiguous().data<double>().ToArray(), targets[i]);
        }

        return builder.Build();
    }
}
