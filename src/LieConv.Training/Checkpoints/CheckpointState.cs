using LieConv.Serialization;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>A checkpoint as it was read: the manifest, and weights that agree with it.</summary>
internal sealed class CheckpointState : IDisposable
{
    private CheckpointState(CheckpointManifest manifest, SafetensorsContents contents) =>
        (Manifest, Contents) = (manifest, contents);

    public CheckpointManifest Manifest { get; }

    public SafetensorsContents Contents { get; }

    public IReadOnlyDictionary<string, Tensor> Tensors => Contents.Tensors;

    /// <summary>Reads a checkpoint, also of a run that is being trained.</summary>
    /// <exception cref="InvalidDataException">If it is missing or damaged.</exception>
    public static CheckpointState Read(CheckpointStore store, string name)
    {
        var manifest = store.ReadManifest(name);
        while (true)
        {
            try
            {
                return Read(store, name, manifest);
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException)
            {
                // A training may have replaced the checkpoint, and deleted its weights, between the two reads.
                var newer = store.ReadManifest(name);
                if (newer.Weights == manifest.Weights) throw;
                manifest = newer;
            }
        }
    }

    /// <summary>Makes sure that the checkpoint is one of the same model.</summary>
    /// <exception cref="InvalidDataException">If it is not: the first difference.</exception>
    public void CheckIdentity(string name, IReadOnlyDictionary<string, string> expected)
    {
        // What a checkpoint of an earlier version does not name was as it is by default now.
        var usual = RunConfig.UsualIdentity(expected);
        var identity = IdentityDictionary.Translate(expected, Manifest.Identity);
        foreach (var key in identity.Keys.Union(expected.Keys).Order(StringComparer.Ordinal))
        {
            var theirs = identity.GetValueOrDefault(key) ?? usual.GetValueOrDefault(key);
            var ours = expected.GetValueOrDefault(key);
            if (theirs != ours)
                throw new InvalidDataException(
                    $"Checkpoint '{name}' was made with {key} {theirs ?? "unset"}; this run has {ours ?? "unset"}.");
        }
    }

    public void Dispose() => Contents.Dispose();

    private static CheckpointState Read(CheckpointStore store, string name, CheckpointManifest manifest)
    {
        var path = Path.Combine(store.Folder, manifest.Weights);
        if (!File.Exists(path))
            throw new InvalidDataException($"Checkpoint '{name}' names '{path}', which does not exist.");
        using var stream = File.OpenRead(path);
        var hash = WeightsFiles.HashOf(stream);
        if (!string.Equals(hash, manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException(
                $"'{path}' is damaged: its SHA-256 is {hash}; expected {manifest.Sha256}.");
        var state = new CheckpointState(manifest, Safetensors.Read(stream, path));
        try
        {
            WeightFaults.Check(state.Tensors, path);
            AdamTensors.CheckSteps(name, state.Tensors, manifest.Progress.Step);
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }
}
