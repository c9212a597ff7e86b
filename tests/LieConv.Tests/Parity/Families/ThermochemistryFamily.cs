using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Sums of free atoms' values over the atoms of padded molecules.</summary>
public sealed class ThermochemistryFamily : CaseFamily
{
    private const string Prefix = "in.atomref_";
    private const string Elements = Prefix + "charge";

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_thermo");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var elements = run.Array(Elements).data<long>().ToArray();
        var molecules = PaddedArrays.Rows(run.Array("in.charges"));
        foreach (var target in run.Names(Prefix).Where(name => name != Elements).Select(name => name[Prefix.Length..]))
        {
            var values = Enumerable.Repeat(double.NaN, 256).ToArray();
            var stored = run.Reference(Prefix + target).data<double>().ToArray();
            for (var i = 0; i < elements.Length; i++) values[elements[i]] = stored[i];
            var references = new AtomReferences(new Dictionary<string, double[]> { [target] = values });
            run.Check($"out.{target}_thermo",
                tensor(molecules.Select(charges => references.SumOf(charges, target)).ToArray()));
        }
    }
}
