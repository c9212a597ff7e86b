using LieConv.Molecules;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>The molecules of a case, and the species that its one-hot columns stand for.</summary>
public static class MoleculeCase
{
    private const int FirstUnused = 1000;

    /// <summary>The molecules; atoms are where the charges are.</summary>
    public static MoleculeBatch Batch(CaseRun run) =>
        new(run.Array("in.positions"), run.Array("in.charges").to_type(ScalarType.Int64));

    /// <summary>The charge of each column; one that no atom has gets a charge that no atom has.</summary>
    public static IReadOnlyList<int> Species(CaseRun run)
    {
        var (columns, charges) = (run.Array("in.one_hot").to_type(ScalarType.Int64), run.Array("in.charges"));
        var largest = (columns * charges.unsqueeze(-1)).flatten(0, 1).amax([0]).data<long>().ToArray();      // (S)
        return [.. largest.Select((charge, column) => charge > 0 ? (int)charge : FirstUnused + column)];
    }

    /// <summary>Moved by the recorded motion of the augmentation, which happens in training only and is drawn before the
    /// lifts.</summary>
    public static MoleculeBatch Augmented(CaseRun run, ReplayDraws draws)
    {
        var batch = Batch(run);
        if (!run.Config.Bool("aug") || !run.Config.Bool("train", true)) return batch;
        var (translation, quaternion) = (draws.TakeLift().to_type(run.Dtype), draws.TakeLift().to_type(run.Dtype));
        return batch with
        {
            Positions = MoleculeTransforms.Move(
                batch.Positions, translation * MoleculeAugmentation.DefaultScale, quaternion),
        };
    }
}
