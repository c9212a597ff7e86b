using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>The weights of networks that the original does not have: under our names only.</summary>
/// <param name="task">Whose networks.</param>
internal sealed class OwnWeights(LearningTask task) : IWeightExchange
{
    public int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log)
    {
        Refuse(original);
        return RunWeights.Export(run, checkpoint, file, null, task.Read(run.Config).Identity());
    }

    public void Import(string file, RunConfig config, string path, bool original, Action<string> log)
    {
        Refuse(original);
        using var contents = Safetensors.Read(file);
        using var run = task.Start(config, path, log);
        try
        {
            RunWeights.Copy(contents, run, null, file, log);
        }
        catch
        {
            foreach (var own in run.WrittenAtStart) File.Delete(own);
            run.Folder.Discard();
            throw;
        }
        RunWeights.SaveAsTrained(run, file);
    }

    private void Refuse(bool original)
    {
        if (original)
            throw new ArgumentException($"The original has no networks for {task.Name}; leave out --original.");
    }
}
