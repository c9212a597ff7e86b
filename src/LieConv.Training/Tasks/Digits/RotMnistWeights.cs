using LieConv.Models;
using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Digits;

/// <summary>The network of a run as one file, and a run from such a file.</summary>
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
        var task = RunConfig.TaskOf(folder.Config) ?? RotMnistConfig.TaskName;
        var isImages = !DynamicsConfig.IsTask(task);
        if (original && !isImages)
            throw new ArgumentException(
                $"'{folder.Path}' is a run of {task}, whose weights go under our names only; leave out --original.");
        var images = isImages ? RotMnistConfig.Read(folder.Config) : null;
        var config = images ?? (RunConfig)DynamicsConfig.Read(folder.Config);
        using var contents = folder.Checkpoints.Read(checkpoint ?? folder.Checkpoints.Preferred);
        using var scope = NewDisposeScope();
        var ours = contents.Tensors
            .Where(pair => pair.Key.StartsWith(CheckpointStore.ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[CheckpointStore.ModelPrefix.Length..], pair => pair.Value);
        var tensors = original ? OriginalWeights.Export(ours, images!.Model.Layers) : ours;
        Safetensors.Write(file, tensors, config.Identity());
        return tensors.Count;
    }

    /// <summary>Makes a run whose last checkpoint holds the weights of a file; it counts as trained to the
    /// end.</summary>
    /// <param name="file">A safetensors file.</param>
    /// <param name="config">The network and the data that the weights belong to.</param>
    /// <param name="runPath">The folder to make.</param>
    /// <param name="original">Whether the names are those of the original PyTorch code.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the file is damaged or belongs to another network.</exception>
    public static void Import(string file, RotMnistConfig config, string runPath, bool original, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var contents = Safetensors.Read(file);
        // The original's weights have only ever seen its lifts.
        if (original) config = config with { Model = config.Model with { OriginalLiftSteps = true } };
        WeightFaults.Check(contents.Tensors, file);

        // Tried on a network of its own first, so that wrong weights leave no folder behind.
        using (var trial = new ImageLieResNet(RotMnistRun.Check(config), config.Model))
            Copy(contents, trial, config, original, file);
        using var run = RotMnistRun.Start(config, runPath, log);
        Copy(contents, run.Model, config, original, file);
        using var adam = optim.Adam(run.Model.parameters());
        var steps = (run.Task.TrainCount + config.Train.Batch - 1) / config.Train.Batch * config.Train.Epochs;
        run.Folder.Checkpoints.Save(
            CheckpointStore.Last, run.Task, adam, new TrainingProgress { Step = steps },
            new Dictionary<string, double>());
    }

    private static void Copy(
        SafetensorsContents contents, ImageLieResNet model, RotMnistConfig config, bool original, string file)
    {
        if (original) OriginalWeights.Import(contents.Tensors, model.state_dict(), config.Model.Layers, file);
        else TensorTransfer.CopyAll(contents.Tensors, model.state_dict(), file);
    }
}
