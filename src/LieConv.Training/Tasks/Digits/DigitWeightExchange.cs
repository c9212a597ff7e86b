using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Digits;

/// <summary><see cref="RotMnistWeights"/> for any run of the family.</summary>
internal sealed class DigitWeightExchange : IWeightExchange
{
    public int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log) =>
        RotMnistWeights.Export(run.Path, checkpoint, file, original);

    public void Import(string file, RunConfig config, string path, bool original, Action<string> log) =>
        RotMnistWeights.Import(file, (RotMnistConfig)config, path, original, log);
}
