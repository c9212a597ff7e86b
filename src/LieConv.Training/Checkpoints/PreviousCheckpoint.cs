using LieConv.Serialization;

namespace LieConv.Training.Checkpoints;

/// <summary>The last checkpoint but one, whole in a folder of its own: where the newest is damaged, training goes on from
/// it.</summary>
internal static class PreviousCheckpoint
{
    private const string FolderName = "previous";

    /// <summary>The store that holds it, as <see cref="CheckpointStore.Last"/>.</summary>
    /// <param name="folder">The folder of the checkpoints.</param>
    public static CheckpointStore In(string folder) => new(Path.Combine(folder, FolderName));

    /// <summary>
    /// Keeps the checkpoint that was just replaced. Its weights are moved before the manifest that names them is
    /// written, so that a crash in between leaves the one that was kept before; they are copied where another manifest,
    /// such as that of the best, names them, too.
    /// </summary>
    /// <param name="folder">The folder of the checkpoints.</param>
    /// <param name="replaced">The manifest that was replaced; its weights are still there.</param>
    public static void Keep(string folder, SavedManifest replaced)
    {
        var store = In(folder);
        var weights = replaced.Manifest.Weights;
        var (from, to) = (Path.Combine(folder, weights), Path.Combine(store.Folder, weights));
        try
        {
            if (!File.Exists(from)) return;
            Directory.CreateDirectory(store.Folder);
            var before = store.Exists(CheckpointStore.Last) ? store.ReadManifest(CheckpointStore.Last).Weights : weights;
            if (WeightsFiles.AreNamed(folder, weights)) Copy(from, to);
            else File.Move(from, to, overwrite: true);
            var manifest = store.ManifestPath(CheckpointStore.Last);
            AtomicFile.Write(manifest, stream => stream.Write(replaced.Bytes));
            if (before != weights) WeightsFiles.RemoveUnnamed(store.Folder, before);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The newest checkpoint is saved whole: a training does not end because the one before cannot be kept.
        }
    }

    private static void Copy(string from, string to) => AtomicFile.Write(to, stream =>
    {
        using var source = File.OpenRead(from);
        source.CopyTo(stream);
    });
}
