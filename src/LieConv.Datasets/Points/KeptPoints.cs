using System.Security.Cryptography;
using System.Text;
using LieConv.Datasets.Basics;

namespace LieConv.Datasets.Points;

/// <summary>Sets that a reader makes once and that are kept for the next run: below the folder of the data, or where
/// that cannot be written or is marked read-only, below the usual data folder.</summary>
/// <param name="root">The folder of the data.</param>
/// <param name="folder">Subfolder that they are kept in.</param>
/// <param name="key">What they are made from, all of it.</param>
internal sealed class KeptPoints(string root, string folder, string key)
{
    private readonly string[] _places =
        [.. new[] { root, DataFolder.Default }.Distinct().Select(place => Path.Combine(place, folder, NameOf(key)))];

    /// <summary>Opens what an earlier run kept, or null.</summary>
    /// <param name="log">Takes a line where a file is damaged.</param>
    public PointSets? TryOpen(Action<string>? log) =>
        _places.Select(place => PointCache.TryOpen(place, key, log)).FirstOrDefault(sets => sets is not null);

    /// <summary>Keeps sets and opens them; where they cannot be kept they are there nevertheless.</summary>
    /// <param name="builder">The sets.</param>
    /// <param name="log">Takes a line where they cannot be kept.</param>
    public PointSets Keep(PointSetsBuilder builder, Action<string>? log)
    {
        foreach (var place in _places)
            if (TryKeep(builder, place) is { } sets) return sets;
        log?.Invoke($"What was read cannot be kept for the next run: neither {string.Join(" nor ", _places)} " +
            "can be written.");
        return builder.Build();
    }

    private static string NameOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16] + PointCache.Ending;

    private PointSets? TryKeep(PointSetsBuilder builder, string place)
    {
        var below = Path.GetDirectoryName(place)!;
        if (CachePlaces.IsMarkedReadOnly(below) || CachePlaces.IsMarkedReadOnly(Path.GetDirectoryName(below)))
            return null;
        try
        {
            Directory.CreateDirectory(below);
            return builder.Build(place, key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
