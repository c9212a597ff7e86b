using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Digits;

/// <summary>The network of a run on digits as one file, and a run from such a file.</summary>
public static class RotMnistWeights
{

    /// <summary>Writes a checkpoint's parameters and statistics, without the optimiser, to a safetensors
    /// file.</summary>
    /// <param name="runPath">Folder of a run.</param>
    /// <param name="checkpoint">Its checkpoint, or null for the best, and without one the last.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="original">Whether to use the names of the original PyTorch code.</param>
    /// <returns>Tensors written.</returns>
    /// <exception cref="InvalidDataException">If the run or its checkpoint is damaged.</exception>
    public static int Export(string runPath, string? checkpoint, string file, bool original)
    {
        var folder = RunFolder.Open(runPath);
        var config = RotMnistConfig.Read(folder.Config);
        return RunWeights.Export(folder, checkpoint, file, original ? Names(config) : null, config.Identity());
    }

    /// <summary>Makes a run whose last checkpoint holds the weights of a file; it counts as trained to the
    /// end.</summary>
    /// <param name="file">A safetensors file.</param>
    /// <param name="config">The network and the data that the weights belong to.</param>
    /// <param name="runPath">The folder to make.</param>
    /// <param name="original">Whether the names are those of the original PyTorch code.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the file is damaged or belongs to another network; then no folder is
    /// made.</exception>
    public static void Import(string file, RotMnistConfig config, string runPath, bool original, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var contents = Safetensors.Read(file);
        // The original's weights have only ever seen its lifts; those of a run here say so where they have seen others.
        if (original && !FormerKey.Translate(contents.Metadata, config.FormerKeys).ContainsKey(RotMnistConfig.LiftSteps))
            config = config with
            {
                Model = config.Model with { Block = config.Model.Block with { OriginalLiftSteps = true } },
            };
        RunWeights.Try(
            contents, RotMnistRun.CreateNetwork(config), config.Train.Dtype, original ? Names(config) : null, file);
        using var run = RotMnistRun.Start(
            config, runPath, log,
            made => RunWeights.Copy(contents, made, original ? Names(config) : null, file, log));
        RunWeights.SaveAsTrained(run, file);
    }

    private static ResidualNames Names(RotMnistConfig config) =>
        ResidualNames.Create("image network", config.Model.Layers, config.Model.Block);
}
