using System.Security.Cryptography;
using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>
/// The checkpoints of a run. A checkpoint is a manifest (last.json, best.json) and the weights it names; the weights'
/// file is called after its content and is complete before the manifest that names it replaces the old one, so that a
/// crash at any moment leaves the old checkpoint or the new one.
/// </summary>
/// <param name="folder">The folder; made at the first save.</param>
public sealed class CheckpointStore(string folder)
{
    /// <summary>The newest state, from which training resumes.</summary>
    public const string Last = "last";

    /// <summary>The state with the smallest validation metric.</summary>
    public const string Best = "best";

    internal const string ModelPrefix = CheckpointTensors.ModelPrefix;

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Opens a file to be written: a seam for tests that fill the disk.</summary>
    internal Func<string, Stream> Open { get; init; } =
        static path => new FileStream(path, FileMode.CreateNew, FileAccess.Write);

    /// <summary>The checkpoint to use where none is named: the best, and where none was chosen, the last.</summary>
    public string Preferred => Exists(Best) ? Best : Last;

    /// <summary>Whether there is such a checkpoint.</summary>
    public bool Exists(string name) => File.Exists(ManifestPath(name));

    /// <summary>Saves the model, the optimiser and the progress; then removes weights that no manifest names.</summary>
    /// <param name="name"><see cref="Last"/> or <see cref="Best"/>.</param>
    /// <param name="task">The model and its identity.</param>
    /// <param name="optimizer">The optimiser of the model's parameters.</param>
    /// <param name="progress">Where the training stands.</param>
    /// <param name="metrics">The newest metrics, for people.</param>
    /// <param name="average">The average of the weights, or null. It is saved as the model, since it is what is used;
    /// the current ones come after "current.", to go on from.</param>
    /// <exception cref="IOException">If the disk is full or cannot be written; the checkpoint before stays
    /// whole.</exception>
    /// <exception cref="TrainingFailedException">If a number is not finite; the checkpoint before stays.</exception>
    public void Save(
        string name, TrainingTask task, Adam optimizer, TrainingProgress progress,
        IReadOnlyDictionary<string, double> metrics, WeightAverage? average = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        Directory.CreateDirectory(Folder);
        using var scope = NewDisposeScope();
        using var averaged = average?.Lend();
        var tensors = CheckpointTensors.Of(task.Model, optimizer, average);
        if (WeightFaults.First(tensors) is { } fault)
            throw new TrainingFailedException(
                $"After step {progress.Step} {fault}: try a smaller learning rate; the checkpoint before stays.");
        var hash = HashOf(tensors);
        var weights = $"weights-{hash[..16]}.safetensors";
        AtomicFile.Write(Path.Combine(Folder, weights), stream => Safetensors.Write(stream, tensors), Open);

        var manifest = new CheckpointManifest
        {
            Weights = weights, Sha256 = hash, Identity = task.Identity, Progress = progress, Metrics = metrics,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, JsonFormat.Indented);
        AtomicFile.Write(ManifestPath(name), stream => stream.Write(json), Open);
        RemoveUnnamedWeights();
    }

    /// <summary>Loads the model and the optimiser, all or nothing.</summary>
    /// <param name="name"><see cref="Last"/> or <see cref="Best"/>.</param>
    /// <param name="task">The model and its identity.</param>
    /// <param name="optimizer">The optimiser of the model's parameters.</param>
    /// <param name="average">The average of the weights, or null; where the checkpoint has none it starts at the loaded
    /// ones.</param>
    /// <returns>Where the training stood.</returns>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged, belongs to another model, or has averaged
    /// weights and there is no <paramref name="average"/>.</exception>
    public TrainingProgress Load(string name, TrainingTask task, Adam optimizer, WeightAverage? average = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        var manifest = ReadManifest(name);
        CheckIdentity(name, manifest, task.Identity);
        using var scope = NewDisposeScope();
        using var contents = ReadWeights(name, manifest);
        var isAveraged = CheckpointTensors.AreAveraged(contents.Tensors);
        if (isAveraged && average is null)
            throw new InvalidDataException(
                $"Checkpoint '{name}' has averaged weights, but this run averages none; expected train.ema above 0.");
        using var averaged = average?.Lend();
        var tensors = CheckpointTensors.Of(task.Model, optimizer, isAveraged ? average : null);
        TensorTransfer.CopyAll(contents.Tensors, tensors, manifest.Weights);
        AdamTensors.RestoreSteps(task.Model, optimizer, contents.Tensors);
        if (!isAveraged) average?.Restart();
        return manifest.Progress;
    }

    /// <summary>Loads the model alone, to use it.</summary>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged or belongs to another model.</exception>
    public CheckpointManifest LoadModel(string name, TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return LoadModel(name, task.Model, task.Identity);
    }

    /// <summary>Loads a model alone, without a task around it.</summary>
    /// <param name="name">The checkpoint.</param>
    /// <param name="model">The model.</param>
    /// <param name="identity">What the checkpoint must agree on.</param>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged or belongs to another model.</exception>
    public CheckpointManifest LoadModel(string name, nn.Module model, IReadOnlyDictionary<string, string> identity)
    {
        ArgumentNullException.ThrowIfNull(model);
        var manifest = ReadManifest(name);
        CheckIdentity(name, manifest, identity);
        using var contents = ReadWeights(name, manifest);
        var own = contents.Tensors.Where(pair => pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        TensorTransfer.CopyAll(own, CheckpointTensors.Of(model, null, null), manifest.Weights);
        return manifest;
    }

    /// <summary>Reads all tensors of a checkpoint: the model's after "model.", the optimiser's after "adam.", and
    /// where the model's are averaged, the current ones after "current.".</summary>
    /// <exception cref="InvalidDataException">If the checkpoint is missing or damaged.</exception>
    public SafetensorsContents Read(string name) => ReadWeights(name, ReadManifest(name));

    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="InvalidDataException">If it is missing, damaged or of another version.</exception>
    public CheckpointManifest ReadManifest(string name) => ManifestFile.Read(ManifestPath(name));

    private string ManifestPath(string name) => Path.Combine(Folder, name + ".json");

    private static void CheckIdentity(
        string name, CheckpointManifest manifest, IReadOnlyDictionary<string, string> expected)
    {
        foreach (var key in manifest.Identity.Keys.Union(expected.Keys).Order(StringComparer.Ordinal))
        {
            var (theirs, ours) = (manifest.Identity.GetValueOrDefault(key), expected.GetValueOrDefault(key));
            if (theirs != ours)
                throw new InvalidDataException(
                    $"Checkpoint '{name}' was made with {key} {theirs ?? "unset"}; this run has {ours ?? "unset"}.");
        }
    }

    private SafetensorsContents ReadWeights(string name, CheckpointManifest manifest)
    {
        var path = Path.Combine(Folder, manifest.Weights);
        if (!File.Exists(path))
            throw new InvalidDataException($"Checkpoint '{name}' names '{path}', which does not exist.");
        using var stream = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        if (!string.Equals(hash, manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException(
                $"'{path}' is damaged: its SHA-256 is {hash}; expected {manifest.Sha256}.");
        var contents = Safetensors.Read(stream, path);
        try
        {
            WeightFaults.Check(contents.Tensors, path);
            return contents;
        }
        catch
        {
            contents.Dispose();
            throw;
        }
    }

    /// <summary>The hash of the file to be written, known before, since the file is named after it.</summary>
    private static string HashOf(Dictionary<string, Tensor> tensors)
    {
        using var hash = SHA256.Create();
        using (var sink = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) Safetensors.Write(sink, tensors);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private void RemoveUnnamedWeights()
    {
        try
        {
            var named = new[] { Last, Best }.Where(Exists).Select(name => ReadManifest(name).Weights).ToHashSet();
            foreach (var file in Directory.EnumerateFiles(Folder, "weights-*.safetensors"))
                if (!named.Contains(Path.GetFileName(file))) File.Delete(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The checkpoint is saved; weights that are left over cost space only, and the next save tries again.
        }
    }
}
