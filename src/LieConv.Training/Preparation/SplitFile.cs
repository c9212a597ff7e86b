using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Preparation;

/// <summary>A split in a run's folder: split.json, with the names of the sets of each part.</summary>
public static class SplitFile
{
    /// <summary>The usual name of the file.</summary>
    public const string Name = "split.json";

    /// <summary>Writes a split atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split">The split.</param>
    /// <param name="ids">The name of each set, no two alike.</param>
    public static void Write(string path, SetSplit split, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(ids);
        string[] Of(SplitPart part) => [.. split.SetsOf(part).Select(set => ids[set])];
        var contents = new Contents
        {
            Method = split.Method, Training = Of(SplitPart.Training), Validation = Of(SplitPart.Validation),
            Test = Of(SplitPart.Test),
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(contents, JsonFormat.Indented);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(json);
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads a split for the sets of these names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The name of each set, no two alike.</param>
    /// <exception cref="InvalidDataException">If the file is damaged, or its sets are not those named: one sentence.
    /// </exception>
    public static SetSplit Read(string path, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (!File.Exists(path)) throw new InvalidDataException($"There is no file '{path}'.");
        var contents = JsonText.Parse(
            path, JsonText.Read(path, JsonText.LargeBytes),
            bytes => JsonSerializer.Deserialize<Contents>(bytes, JsonFormat.Indented))
            ?? throw new InvalidDataException($"'{path}' holds null; expected an object.");
        var places = ids.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var parts = new SplitPart?[ids.Count];
        foreach (var (part, names) in new[]
            {
                (SplitPart.Training, contents.Training), (SplitPart.Validation, contents.Validation),
                (SplitPart.Test, contents.Test),
            })
            foreach (var name in names)
            {
                if (!places.TryGetValue(name, out var set))
                    throw new InvalidDataException($"'{path}' names the set '{name}', which the data do not have.");
                if (parts[set] is not null)
                    throw new InvalidDataException($"'{path}' names the set '{name}' twice; expected each set once.");
                parts[set] = part;
            }
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new InvalidDataException($"'{path}' lacks the set '{ids[missing]}', which the data have.");
        return new SetSplit([.. parts.Select(part => part!.Value)], contents.Method, []);
    }

    /// <summary>The name of a part in files and messages.</summary>
    public static string NameOf(SplitPart part) => part switch
    {
        SplitPart.Training => "training",
        SplitPart.Validation => "validation",
        _ => "test",
    };

    private sealed record Contents
    {
        public required string Method { get; init; }

        public required IReadOnlyList<string> Training { get; init; }

        public required IReadOnlyList<string> Validation { get; init; }

        public required IReadOnlyList<string> Test { get; init; }
    }
}
