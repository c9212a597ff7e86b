using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Learning;

/// <summary>Records as JSON files.</summary>
public static class ConfigFile
{
    /// <summary>Writes a record atomically.</summary>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write<T>(string path, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, JsonFormat.Indented);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(json);
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Reads a record; keys that it does not know are errors.</summary>
    /// <exception cref="InvalidDataException">If the file is missing or not such a record: one sentence.</exception>
    public static T Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) throw new InvalidDataException($"There is no file '{path}'.");
        return JsonText.Parse(path, JsonText.Read(path), bytes => JsonSerializer.Deserialize<T>(bytes, JsonFormat.Indented))
            ?? throw new InvalidDataException($"'{path}' holds null; expected an object.");
    }

    /// <summary>The leaves of a record by dotted name, as text.</summary>
    /// <param name="value">The record; as an object, whatever its type is.</param>
    /// <param name="prefix">What the names begin with; empty for nothing.</param>
    public static Dictionary<string, string> Flatten<T>(T value, string prefix)
    {
        var leaves = new Dictionary<string, string>();
        Flatten(JsonSerializer.SerializeToNode(value, JsonFormat.Indented), prefix, leaves);
        return leaves;
    }

    /// <summary>A single value as text, as <see cref="ConfigEditor"/> reads it.</summary>
    internal static string Text(JsonNode? value) => value?.ToString() ?? "null";

    private static void Flatten(JsonNode? node, string path, Dictionary<string, string> leaves)
    {
        if (node is JsonObject members)
            foreach (var (key, child) in members) Flatten(child, path.Length == 0 ? key : $"{path}.{key}", leaves);
        else
            leaves[path] = Text(node);
    }
}
