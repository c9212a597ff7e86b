using System.Text;
using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>One file of QM9, whose text the configuration holds. The original keeps single precision.</summary>
public sealed class MoleculeRecordFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_qm9_xyz");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var builder = new MoleculeSetBuilder(MoleculeTargets.Qm9FileNames);
        var id = new Qm9Record().Read(Encoding.UTF8.GetBytes(run.Config.Text("xyz_text")), "text", builder);
        var set = builder.Build();
        using var batch = NewDisposeScope();
        var molecule = MoleculeBatches.Make(set, [0], ScalarType.Float32);
        run.Check("out.num_atoms", tensor((long)set.AtomCount(0)));
        run.Check("out.charges", molecule.Charges[0]);
        run.Check("out.positions", molecule.Positions[0]);
        run.Check("out.index", tensor((long)id));
        for (var t = 0; t < set.TargetNames.Count; t++)
            run.Check("out." + set.TargetNames[t], tensor((float)set.Target(0, t)));
    }
}
