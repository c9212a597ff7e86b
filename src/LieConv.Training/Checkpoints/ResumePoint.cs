using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using TorchSharp.Modules;

namespace LieConv.Training.Checkpoints;

/// <summary>
/// Finds the state to continue from: the last checkpoint; where that is damaged or missing, the newer of the one before
/// it and the best, each of which is a whole state of the same training.
/// </summary>
internal static class ResumePoint
{
    /// <summary>Whether there is any checkpoint to try.</summary>
    public static bool Exists(CheckpointStore store) => store.Exists(CheckpointStore.Last) || Others(store).Any();

    /// <summary>Loads the newest state that is whole.</summary>
    /// <param name="store">The checkpoints.</param>
    /// <param name="objective">The model and its identity.</param>
    /// <param name="optimizer">The optimiser of the model's parameters.</param>
    /// <param name="average">The average of the weights, or null.</param>
    /// <param name="say">Told what is wrong with the last, and from which one training goes on.</param>
    /// <returns>The manifest of the state.</returns>
    /// <exception cref="InvalidDataException">If none is whole, or they belong to another model: what is wrong with the
    /// last.</exception>
    public static CheckpointManifest Load(
        CheckpointStore store, Objective objective, Adam optimizer, WeightAverage? average, Action<string> say)
    {
        try
        {
            return store.LoadState(CheckpointStore.Last, objective, optimizer, average);
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            foreach (var (place, name, words) in Others(store))
            {
                if (TryLoad(place, name, objective, optimizer, average) is not { } manifest) continue;
                say($"{failure.Message.TrimEnd('.')}; going on from {words}, after step {manifest.Progress.Step}.");
                store.NoteLastIsDamaged();
                return manifest;
            }
            throw;
        }
    }

    private static CheckpointManifest? TryLoad(
        CheckpointStore store, string name, Objective objective, Adam optimizer, WeightAverage? average)
    {
        try
        {
            return store.LoadState(name, objective, optimizer, average);
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            return null;
        }
    }

    /// <summary>The other checkpoints whose manifests can be read, the newest first.</summary>
    private static IEnumerable<(CheckpointStore Store, string Name, string Words)> Others(CheckpointStore store)
    {
        var previous = PreviousCheckpoint.In(store.Folder);
        return new[]
        {
            (Store: previous, Name: CheckpointStore.Last, Words: "the checkpoint before it"),
            (Store: store, Name: CheckpointStore.Best, Words: "the best checkpoint"),
        }.Select(place => (place, Step: StepOf(place.Store, place.Name))).Where(found => found.Step is not null)
            .OrderByDescending(found => found.Step).Select(found => found.place);
    }

    private static long? StepOf(CheckpointStore store, string name)
    {
        try
        {
            return store.Exists(name) ? store.ReadManifest(name).Progress.Step : null;
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            return null;
        }
    }

    private static bool IsDamage(Exception failure) =>
        failure is InvalidDataException or IOException or UnauthorizedAccessException;
}
