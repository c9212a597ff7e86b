using LieConv.Training.Checkpoints;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>The weights of a family's networks, for which the family has functions of its own configuration.</summary>
/// <typeparam name="TConfig">What config.json holds.</typeparam>
/// <param name="export">Given the run's folder, else as <see cref="IWeightExchange.Export"/>.</param>
/// <param name="import">As <see cref="IWeightExchange.Import"/>.</param>
internal sealed class FamilyWeights<TConfig>(
    Func<string, string?, string, bool, Action<string>, int> export,
    Action<string, TConfig, string, bool, Action<string>> import) : IWeightExchange where TConfig : RunConfig
{
    public int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log) =>
        export(run.Path, checkpoint, file, original, log);

    public void Import(string file, RunConfig config, string path, bool original, Action<string> log) =>
        import(file, (TConfig)config, path, original, log);
}
