using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Serialization;

namespace LieConv.Datasets.Points;

/// <summary>Files that keep sets of points for the next run.</summary>
internal static class PointCache
{
    /// <summary>How their names end.</summary>
    public const string Ending = ".points";

    private const string Folder = "points";

    /// <summary>Where sets of a source are kept, best first; different options are kept side by side.</summary>
    public static string[] Places(PointDataOptions options) => CachePlaces.Find(
        options.Path, $".{Hash(Canonical(options))[..8]}{Ending}", Folder, options.DataRoot);

    /// <summary>What a file must have been made from: the options and, after the mark, the content of the
    /// source.</summary>
    /// <param name="options">The options.</param>
    /// <param name="times">Names, lengths and times of the source's files.</param>
    /// <param name="content">Hash of their content.</param>
    public static string Key(PointDataOptions options, string times, string content) =>
        string.Join('\n', Canonical(options), times, content);

    /// <summary>Opens what is kept of a source, where it was made from its present content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <param name="source">The source.</param>
    /// <param name="log">Takes a line where the file is damaged.</param>
    public static PointSets? TryOpen(string path, PointDataOptions options, PointSource source, Action<string>? log) =>
        TryOpen(path, log, key => key.Split('\n') is [var canonical, var times, var content]
            && canonical == Canonical(options) && (times == source.Times() || content == source.Content()));

    /// <summary>Opens a file if it is whole and was made from what the key stands for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must have been made from.</param>
    /// <param name="log">Takes a line where the file is damaged.</param>
    /// <returns>The sets, or null.</returns>
    public static PointSets? TryOpen(string path, string key, Action<string>? log) =>
        TryOpen(path, log, found => found == key);

    /// <summary>Writes a file, which appears under its name only when it is whole, and opens it.</summary>
    public static PointSets Write(string path, Action<Stream> write)
    {
        AtomicFile.Write(path, write);
        return new PointSets(PointStoreFile.TryOpen(path, isTemporary: false)!);
    }

    /// <summary>Writes a file that is deleted when the sets are disposed of.</summary>
    public static PointSets WriteTemporary(string folder, Action<Stream> write)
    {
        var path = Path.Combine(folder, TemporaryName("sets"));
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete);
            write(stream);
            stream.Flush();
            return new PointSets(PointStoreFile.TryOpen(path, isTemporary: true)!);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A name that <see cref="AtomicFile.RemoveLeftovers(string)"/> knows, should the process be
    /// killed.</summary>
    public static string TemporaryName(string name) => $"{name}.{Guid.NewGuid():N}.tmp";

    /// <summary>The user's folder for temporary files, without what killed processes left there.</summary>
    public static string TemporaryFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"lieconv-points-{Environment.UserName}");
        Directory.CreateDirectory(folder);
        AtomicFile.RemoveLeftovers(folder);
        return folder;
    }

    private static PointSets? TryOpen(string path, Action<string>? log, Func<string, bool> isRight)
    {
        if (!File.Exists(path)) return null;
        try
        {
            if (PointStoreFile.TryOpen(path, isTemporary: false) is not { } file) return null;
            if (isRight(file.Index.Head.Key)) return new PointSets(file);
            file.Dispose();
        }
        catch (InvalidDataException damage)
        {
            log?.Invoke($"{damage.Message} Reading the source again.");
        }

        return null;
    }

    // Where the data are does not change what they are.
    private static string Canonical(PointDataOptions options) => JsonSerializer.Serialize(
        options with { Path = "", DataRoot = null }) + PointStoreWriter.Version;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
