using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Checkpoints;

/// <summary>Configurations of all versions as those of today: keys that moved are found under their old names, and what a
/// file does not name, since there was no choice when it was written, is as it is by default.</summary>
internal static class ConfigVersions
{
    private const int First = 1;

    /// <summary>Reads a configuration; keys that it never had are errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">Which <see cref="RunConfig"/>.</param>
    /// <exception cref="InvalidDataException">If the file is missing or not such a configuration: one sentence.</exception>
    public static RunConfig Read(string path, Type type)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"There is no file '{path}'.");
        var bytes = JsonText.Read(path);
        var usual = (RunConfig)JsonSerializer.Deserialize("{}", type, JsonFormat.Indented)!;
        var file = JsonText.Parse(path, bytes, text => JsonNode.Parse(text, documentOptions: Strict));
        var isFirst = file is JsonObject root && IsFirst(root);
        var former = isFirst ? Take(file!.AsObject(), usual.FormerKeys) : [];

        // First as the file has it: what is wrong is told with its line, which only a file that was not rewritten has.
        if (isFirst) bytes = JsonSerializer.SerializeToUtf8Bytes(file, JsonFormat.Indented);
        _ = JsonText.Parse(path, bytes, text => JsonSerializer.Deserialize(text, type, JsonFormat.Indented))
            ?? throw new InvalidDataException($"'{path}' holds null; expected an object.");
        var whole = JsonSerializer.SerializeToNode(usual, type, JsonFormat.Indented)!.AsObject();
        Lay(file!.AsObject(), whole);
        if (isFirst) whole[SchemaVersion] = RunConfig.CurrentSchemaVersion;
        return Apply(path, (RunConfig)whole.Deserialize(type, JsonFormat.Indented)!, former);
    }

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static string SchemaVersion { get; } =
        JsonNamingPolicy.CamelCase.ConvertName(nameof(RunConfig.SchemaVersion));

    private static bool IsFirst(JsonObject root) => root[SchemaVersion] is var version &&
        (version is null || (version is JsonValue value && value.TryGetValue<int>(out var number) && number == First));

    /// <summary>Takes the keys that have other names now out of a file.</summary>
    /// <returns>What they stand for.</returns>
    private static List<KeyValuePair<string, string>> Take(JsonObject root, IReadOnlyList<FormerKey> former)
    {
        var found = new List<KeyValuePair<string, string>>();
        foreach (var key in former)
        {
            var steps = key.Path.Split('.');
            var parent = steps[..^1].Aggregate((JsonNode?)root, (node, step) => (node as JsonObject)?[step]) as JsonObject;
            if (parent?.ContainsKey(steps[^1]) != true) continue;
            found.AddRange(key.Now(ConfigFile.Text(parent[steps[^1]])));
            parent.Remove(steps[^1]);
        }
        return found;
    }

    /// <summary>Lays the values of a file over the usual ones.</summary>
    private static void Lay(JsonObject file, JsonObject over)
    {
        foreach (var (key, value) in file)
            if (value is JsonObject part && over[key] is JsonObject usual) Lay(part, usual);
            else over[key] = value?.DeepClone();
    }

    private static RunConfig Apply(string path, RunConfig config, List<KeyValuePair<string, string>> former)
    {
        try
        {
            return ConfigEditor.Apply(config, former.Select(pair => $"{pair.Key}={pair.Value}"));
        }
        catch (ArgumentException failure)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {FailureText.Describe(failure)}", failure);
        }
    }
}
