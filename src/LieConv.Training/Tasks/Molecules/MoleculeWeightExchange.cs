using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary><see cref="MoleculeWeights"/> for any run of the family.</summary>
internal sealed class MoleculeWeightExchange : IWeightExchange
{
    public int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log) =>
        MoleculeWeights.Export(run.Path, checkpoint, file, original, log);

    public void Import(string file, RunConfig config, string path, bool original, Action<string> log) =>
        MoleculeWeights.Import(file, (MoleculeConfig)config, path, original, log);
}
