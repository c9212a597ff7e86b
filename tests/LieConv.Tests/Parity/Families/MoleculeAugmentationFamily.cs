using LieConv.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>T3aug, SO3aug and SE3aug with recorded draws.</summary>
public sealed class MoleculeAugmentationFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_se3_aug");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        run.Config.Require("train_only", true);                     // the case has both, by name
        var scale = run.Config.Number("scale", MoleculeAugmentation.DefaultScale);
        var positions = run.Array("in.coords");
        Tensor[] draws = [.. run.Names("rnd.").Order(StringComparer.Ordinal).Select(run.Array)];
        run.Check("out.T3", MoleculeTransforms.Move(positions, draws[0] * scale, null));
        run.Check("out.SO3", MoleculeTransforms.Move(positions, null, draws[1]));
        run.Check("out.SE3", MoleculeTransforms.Move(positions, draws[2] * scale, draws[3]));
        run.Check("out.SE3_eval", MoleculeTransforms.Move(positions, null, null));
        run.Check("out.SE3_eval_trainonlyFalse", MoleculeTransforms.Move(positions, draws[4] * scale, draws[5]));
    }
}
