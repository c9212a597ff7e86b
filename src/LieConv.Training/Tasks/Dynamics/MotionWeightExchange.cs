using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary><see cref="DynamicsWeights"/> for any run of the family.</summary>
internal sealed class MotionWeightExchange : IWeightExchange
{
    public int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log) =>
        DynamicsWeights.Export(run.Path, checkpoint, file, original, log);

    public void Import(string file, RunConfig config, string path, bool original, Action<string> log) =>
        DynamicsWeights.Import(file, (DynamicsConfig)config, path, original, log);
}
