using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>From numbers of atoms to those of their molecule: means, sums and lengths of dipole moments.</summary>
internal static class AtomPooling
{
    /// <summary>Pools.</summary>
    /// <param name="values">Numbers of the lifted atoms, the lifts of an atom side by side, shape (b, n·s, o).</param>
    /// <param name="batch">The molecules, whose positions may be anything where there is padding.</param>
    /// <param name="options">Which output is what.</param>
    /// <returns>Shape (b, o).</returns>
    public static Tensor Apply(Tensor values, MoleculeBatch batch, MolecularNetworkOptions options)
    {
        var lifts = options.Lifts;
        var valid = batch.Atoms.unsqueeze(-1);                                                       // (b, n, 1)
        var none = valid.logical_not();
        var ofAtoms = values.unflatten(1, [-1, lifts]).mean([2L]).masked_fill(none, Scalars.Of(0));  // (b, n, o)
        var count = valid.sum([1L]).clamp(min: Scalars.Of(1)).to(values.dtype);                      // (b, 1)
        var sums = ofAtoms.sum([1L]);
        var means = sums / count;
        var columns = new List<Tensor>();
        for (var o = 0; o < options.Outputs; o++)
            columns.Add(options.DipoleOutputs!.Contains(o) ? Dipole(o)
                : IsSum(o) ? sums.narrow(1, o, 1) * Scalars.Of(lifts / options.SumDivisor)
                : means.narrow(1, o, 1));
        return cat(columns, -1);

        bool IsSum(int o) => options.SummedOutputs?.Contains(o) ?? (options.SumPooling || !options.Block.Mean);

        Tensor Dipole(int o)
        {
            var charges = ofAtoms.narrow(2, o, 1) - means.narrow(1, o, 1).unsqueeze(1);              // (b, n, 1)
            var positions = batch.Positions.masked_fill(none, Scalars.Of(0));

            // The norm has the slope 0 at 0, where a symmetric molecule is.
            return (charges * positions).sum([1L]).norm(-1, keepdim: true);                          // (b, 1)
        }
    }
}
