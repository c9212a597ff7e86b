using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Runs;

/// <summary>The network of any run as one file, and a run from such a file.</summary>
internal static class RunWeights
{
    /// <summary>Writes a checkpoint's parameters and statistics, without the optimiser, to a safetensors file.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="checkpoint">Its checkpoint, or null for the best, and without one the last.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="names">The original's names; null for ours.</param>
    /// <param name="metadata">What the network is, noted in the file.</param>
    /// <returns>Tensors written.</returns>
    /// <exception cref="InvalidDataException">If the run or its checkpoint is damaged.</exception>
    public static int Export(
        RunFolder folder, string? checkpoint, string file, IWeightNames? names,
        IReadOnlyDictionary<string, string> metadata)
    {
        using var contents = folder.Checkpoints.Read(checkpoint ?? folder.Checkpoints.Preferred);
        using var scope = NewDisposeScope();
        var ours = contents.Tensors
            .Where(pair => pair.Key.StartsWith(CheckpointStore.ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[CheckpointStore.ModelPrefix.Length..], pair => pair.Value);
        var tensors = names is null ? ours : OriginalWeights.Export(ours, names);
        Safetensors.Write(file, tensors, metadata);
        return tensors.Count;
    }

    /// <summary>Copies the weights of a file into a new run's network, all or none.</summary>
    /// <param name="contents">The file.</param>
    /// <param name="run">The run.</param>
    /// <param name="names">The original's names; null for ours.</param>
    /// <param name="file">Name of the file for messages.</param>
    /// <param name="log">Told where the file says that it is of another network.</param>
    /// <exception cref="InvalidDataException">If the file belongs to another network, or holds what no weights may.
    /// </exception>
    public static void Copy(
        SafetensorsContents contents, TrainingRun run, IWeightNames? names, string file, Action<string> log)
    {
        using var scope = NewDisposeScope();
        Fill(contents, run.Objective.Model.state_dict(), names, file);

        // The shapes agree: what is said otherwise is not refused, since a setting may be changed on purpose.
        var said = FormerKey.Translate(contents.Metadata, run.Configuration.FormerKeys);
        foreach (var (key, value) in run.Objective.Identity.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (said.TryGetValue(key, out var other) && other != value)
                log($"'{file}' was exported with {key} {other}; this run has {value}, so that its predictions differ.");
    }

    /// <summary>Copies the weights of a file into a network that is then thrown away: what does not fit is said before
    /// any data are made or read.</summary>
    /// <param name="contents">The file.</param>
    /// <param name="network">A network as the run will have it.</param>
    /// <param name="dtype">The precision of the run.</param>
    /// <param name="names">The original's names; null for ours.</param>
    /// <param name="file">Name of the file for messages.</param>
    /// <param name="open">Tensors whose shapes only the data decide: any are right; null for none.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Copy"/>.</exception>
    public static void Try(
        SafetensorsContents contents, nn.Module network, ScalarType dtype, IWeightNames? names, string file,
        IReadOnlySet<string>? open = null)
    {
        using var trial = network;
        using var scope = NewDisposeScope();
        network.to(dtype);
        var state = network.state_dict();
        foreach (var name in open ?? new HashSet<string>())
            if (Find(contents.Tensors, names?.ToOriginal(name) ?? name) is { } found)
                state[name] = empty(found.shape, dtype);
        Fill(contents, state, names, file);
    }

    private static void Fill(
        SafetensorsContents contents, Dictionary<string, Tensor> state, IWeightNames? names, string file)
    {
        WeightFaults.Check(contents.Tensors, file);
        if (names is null) TensorTransfer.CopyAll(contents.Tensors, state, file);
        else OriginalWeights.Import(contents.Tensors, state, names, file);
    }

    /// <summary>A tensor by its name, which may be wrapped.</summary>
    private static Tensor? Find(IReadOnlyDictionary<string, Tensor> tensors, string name) => tensors
        .Where(pair => pair.Key == name || pair.Key.EndsWith("." + name, StringComparison.Ordinal))
        .Select(pair => pair.Value).FirstOrDefault();

    /// <summary>Saves a run's network as the last checkpoint of a training that is at its end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="file">The file that the weights were copied from.</param>
    public static void SaveAsTrained(TrainingRun run, string file)
    {
        var train = run.Configuration.Train;
        using var adam = optim.Adam(run.Objective.Model.parameters());
        var steps = (run.Objective.TrainCount + train.Batch - 1) / train.Batch * train.Epochs;
        var progress = new TrainingProgress
        {
            Step = steps, Imported = new ImportedWeights(Path.GetFileName(file), steps),
        };
        run.Folder.Checkpoints.Save(CheckpointStore.Last, run.Objective, adam, progress, new Dictionary<string, double>());
    }
}
