using LieConv.Serialization;
using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>
/// The checkpoints of a run. A checkpoint is a manifest (last.json, best.json) and the weights it names; the weights'
/// file is called after its content and is complete before the manifest that names it replaces the old one, so that a
/// crash at any moment leaves the old checkpoint or the new one. The last but one is kept in the folder previous.
/// </summary>
/// <param name="folder">The folder; made at the first save.</param>
public sealed class CheckpointStore(string folder)
{
    /// <summary>The newest state, from which training resumes.</summary>
    public const string Last = "last";

    /// <summary>The state with the smallest validation metric.</summary>
    public const string Best = "best";

    internal const string ModelPrefix = CheckpointTensors.ModelPrefix;

    private bool _isMade;
    private bool _isLastDamaged;

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Opens a file to be written: a seam for tests that fill the disk.</summary>
    internal Func<string, Stream> Open { get; init; } =
        static path => new FileStream(path, FileMode.CreateNew, FileAccess.Write);

    /// <summary>The settings of the training by dotted name, noted in manifests; null where nobody asks.</summary>
    internal IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Throws where the folder is no longer the training's own; called before anything is written.</summary>
    internal Action CheckThere { get; init; } = static () => { };

    /// <summary>The checkpoint to use where none is named: the best, and where none was chosen, the last.</summary>
    public string Preferred => Exists(Best) ? Best : Last;

    /// <summary>Whether there is such a checkpoint.</summary>
    public bool Exists(string name) => File.Exists(ManifestPath(name));

    /// <summary>Saves the model, the optimiser and the progress; then removes weights that no manifest names.</summary>
    /// <param name="name"><see cref="Last"/> or <see cref="Best"/>.</param>
    /// <param name="objective">The model and its identity.</param>
    /// <param name="optimizer">The optimiser of the model's parameters.</param>
    /// <param name="progress">Where the training stands.</param>
    /// <param name="metrics">The newest metrics, for people.</param>
    /// <param name="average">The average of the weights, or null. It is saved as the model, since it is what is used;
    /// the current ones come after "current.", to go on from.</param>
    /// <exception cref="IOException">If the disk is full or cannot be written, or the folder was deleted since the
    /// checkpoint before; that one stays whole.</exception>
    /// <exception cref="TrainingFailedException">If a number is not finite; the checkpoint before stays.</exception>
    public void Save(
        string name, Objective objective, Adam optimizer, TrainingProgress progress,
        IReadOnlyDictionary<string, double> metrics, WeightAverage? average = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        MakeFolder();
        using var scope = NewDisposeScope();
        using var averaged = average?.Lend();
        var tensors = CheckpointTensors.Collect(objective.Model, optimizer, average);
        if (WeightFaults.First(tensors) is { } fault)
            throw new TrainingFailedException(
                $"After step {progress.Step} {fault}: try a smaller learning rate; the checkpoint before stays.");
        var hash = WeightsFiles.HashOf(tensors);
        var weights = WeightsFiles.NameOf(hash);
        var before = Replaced(name);
        AtomicFile.Write(Path.Combine(Folder, weights), stream => Safetensors.Write(stream, tensors), Open);

        var json = ManifestFile.Serialize(new CheckpointManifest
        {
            Weights = weights, Sha256 = hash, Identity = objective.Identity, Progress = progress, Metrics = metrics,
            Settings = Settings,
        });
        AtomicFile.Write(ManifestPath(name), stream => stream.Write(json), Open);
        if (name == Last) _isLastDamaged = false;
        if (before is null || before.Manifest.Weights == weights) return;
        if (name == Last) PreviousCheckpoint.Keep(Folder, before);
        WeightsFiles.RemoveUnnamed(Folder, before.Manifest.Weights);
    }

    /// <summary>Loads the model and the optimiser, all or nothing.</summary>
    /// <param name="name"><see cref="Last"/> or <see cref="Best"/>.</param>
    /// <param name="objective">The model and its identity.</param>
    /// <param name="optimizer">The optimiser of the model's parameters.</param>
    /// <param name="average">The average of the weights, or null; where the checkpoint has none it starts at the loaded
    /// ones.</param>
    /// <returns>Where the training stood.</returns>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged, belongs to another model, or has averaged
    /// weights and there is no <paramref name="average"/>.</exception>
    public TrainingProgress Load(string name, Objective objective, Adam optimizer, WeightAverage? average = null) =>
        LoadState(name, objective, optimizer, average).Progress;

    /// <summary>Loads the model alone, to use it.</summary>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged or belongs to another model.</exception>
    public CheckpointManifest LoadModel(string name, Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return LoadModel(name, objective.Model, objective.Identity);
    }

    /// <summary>Loads a model alone, without a task around it.</summary>
    /// <param name="name">The checkpoint.</param>
    /// <param name="model">The model.</param>
    /// <param name="identity">What the checkpoint must agree on.</param>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged or belongs to another model.</exception>
    public CheckpointManifest LoadModel(string name, nn.Module model, IReadOnlyDictionary<string, string> identity)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var state = CheckpointState.Read(this, name);
        state.CheckIdentity(name, identity);
        var own = state.Tensors.Where(pair => pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        TensorTransfer.CopyAll(own, CheckpointTensors.Collect(model, null, null), state.Manifest.Weights);
        return state.Manifest;
    }

    /// <summary>Reads all tensors of a checkpoint: the model's after "model.", the optimiser's after "adam.", and
    /// where the model's are averaged, the current ones after "current.".</summary>
    /// <exception cref="InvalidDataException">If the checkpoint is missing or damaged.</exception>
    public SafetensorsContents Read(string name) => CheckpointState.Read(this, name).Contents;

    /// <summary>Reads and checks a manifest.</summary>
    /// <exception cref="InvalidDataException">If it is missing, damaged or of another version.</exception>
    public CheckpointManifest ReadManifest(string name) => ManifestFile.Read(ManifestPath(name));

    /// <summary>Loads a model and its optimiser, all or nothing.</summary>
    internal CheckpointManifest LoadState(string name, Objective objective, Adam optimizer, WeightAverage? average)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var scope = NewDisposeScope();
        using var state = CheckpointState.Read(this, name);
        state.CheckIdentity(name, objective.Identity);
        var isAveraged = CheckpointTensors.AreAveraged(state.Tensors);
        if (isAveraged && average is null)
            throw new InvalidDataException(
                $"Checkpoint '{name}' has averaged weights, but this run averages none; expected train.ema above 0.");
        using var averaged = average?.Lend();
        var tensors = CheckpointTensors.Collect(objective.Model, optimizer, isAveraged ? average : null);
        TensorTransfer.CopyAll(state.Tensors, tensors, state.Manifest.Weights);
        AdamTensors.RestoreSteps(objective.Model, optimizer, state.Tensors);
        if (!isAveraged) average?.Restart();
        return state.Manifest;
    }

    /// <summary>Makes the folder at the first save. Later it must be there: one that was deleted meanwhile is not made
    /// anew with a part of what it held.</summary>
    /// <exception cref="IOException">If it was deleted.</exception>
    internal void MakeFolder()
    {
        CheckThere();
        if (_isMade && !Directory.Exists(Folder))
            throw new IOException(
                $"The folder '{Folder}' was deleted since the checkpoint before; the training has ended and nothing " +
                "was saved.");
        Directory.CreateDirectory(Folder);
        _isMade = true;
    }

    /// <summary>Remembers that last is no good.</summary>
    internal void NoteLastIsDamaged() => _isLastDamaged = true;

    internal string ManifestPath(string name) => Path.Combine(Folder, name + ".json");

    /// <summary>The checkpoint that the next one replaces; null where there is none or it is no good: then it must not take
    /// the place of the one before it, and is kept beside for whoever can read more out of it.</summary>
    private SavedManifest? Replaced(string name)
    {
        try
        {
            if (name == Last && _isLastDamaged)
            {
                if (Exists(Last)) File.Copy(ManifestPath(Last), ManifestPath(Last + ".damaged"), overwrite: true);
                return null;
            }
            return Exists(name) ? SavedManifest.Read(ManifestPath(name)) : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
