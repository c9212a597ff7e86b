using LieConv.Datasets.Basics;

namespace LieConv.Datasets.Molecules;

/// <summary>Keeps what was read from an archive or folder, so that the next run need not read it again.</summary>
internal static class CachedSource
{
    /// <summary>
    /// Loads what an earlier run kept, or reads the source and keeps it: beside the source, or where that folder cannot
    /// be written or is marked read-only, in the default data folder.
    /// </summary>
    /// <param name="path">Archive or folder.</param>
    /// <param name="folder">Subfolder of the default data folder.</param>
    /// <param name="read">Reads the source.</param>
    /// <param name="log">Takes a line where something is damaged or cannot be kept.</param>
    public static MoleculeSet Read(
        string path, string folder, Func<string, MoleculeSet> read, Action<string>? log)
    {
        var key = SourceKey.Compute(path);
        var places = CachePlaces.Find(path, ".cache", folder);
        foreach (var place in places)
            if (TryRead(place, key, log) is { } cached) return cached;
        var set = read(path);
        if (!places.Any(place => TryWrite(place, key, set)))
            log?.Invoke($"What was read cannot be kept for the next run: neither {string.Join(" nor ", places)} " +
                "can be written.");
        return set;
    }

    private static MoleculeSet? TryRead(string place, string key, Action<string>? log)
    {
        try
        {
            return MoleculeCache.TryRead(place, key);
        }
        catch (InvalidDataException damage)
        {
            log?.Invoke($"{damage.Message} Reading the source again.");
            return null;
        }
    }

    private static bool TryWrite(string place, string key, MoleculeSet set)
    {
        if (CachePlaces.IsMarkedReadOnly(Path.GetDirectoryName(place))) return false;
        try
        {
            MoleculeCache.Write(place, key, set);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
