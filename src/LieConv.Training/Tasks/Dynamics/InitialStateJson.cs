using System.Text.Json;
using LieConv.Datasets.Readers;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Initial states as JSON: an object {"mass": [..], "position": [[x, y], ..], "momentum": [[..], ..]}, with
/// "stiffness" where particles have one, or an array of such objects.</summary>
internal sealed class InitialStateJson(string path, ParticleFields fields)
{
    public IReadOnlyList<InitialSystem> Read()
    {
        var bytes = JsonText.Read(path, JsonText.LargeBytes);
        return JsonText.Parse(path, bytes, Systems);
    }

    private IReadOnlyList<InitialSystem> Systems(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (json.RootElement.ValueKind != JsonValueKind.Array) return [System(json.RootElement, "")];
        if (json.RootElement.GetArrayLength() == 0) throw Wrong("it is empty", "at least one system");
        return [.. json.RootElement.EnumerateArray().Select((system, i) => System(system, $" of system {i + 1}"))];
    }

    private InitialSystem System(JsonElement system, string of)
    {
        if (system.ValueKind != JsonValueKind.Object)
            throw Wrong($"the content{of} is no object", "{\"mass\": [...], \"position\": [[...]], ...}");
        string[] keys = [.. fields.Parameters.Select(p => p.Key), ParticleFields.Position, ParticleFields.Momentum];
        foreach (var member in system.EnumerateObject())
            if (!keys.Contains(member.Name))
                throw Wrong($"'{Shown(member.Name)}'{of} is unknown", string.Join(", ", keys));
        var columns = fields.Parameters.Select(p => Numbers(Field(system, p.Key, of), p.Key + of)).ToArray();
        var n = columns[0].Length;
        if (n == 0) throw Wrong($"{fields.Parameters[0].Key}{of} is empty", "a number for each particle");
        for (var i = 1; i < columns.Length; i++) Count(columns[i].Length, n, fields.Parameters[i].Key + of, "numbers");
        if (columns[0].Any(mass => mass <= 0)) throw Wrong($"a mass{of} is not above 0", "positive masses");
        return new InitialSystem(
            [.. Enumerable.Range(0, n).Select(i => columns.Select(column => column[i]).ToArray())],
            Vectors(Field(system, ParticleFields.Position, of), n, ParticleFields.Position + of),
            Vectors(Field(system, ParticleFields.Momentum, of), n, ParticleFields.Momentum + of));
    }

    private JsonElement Field(JsonElement system, string key, string of) =>
        system.TryGetProperty(key, out var value)
            ? value
            : throw Wrong($"'{key}'{of} is missing", "an array with an entry for each particle");

    private double[][] Vectors(JsonElement array, int n, string name)
    {
        if (array.ValueKind != JsonValueKind.Array) throw Wrong($"{name} is no array", "a point for each particle");
        Count(array.GetArrayLength(), n, name, "points");
        return
        [
            .. array.EnumerateArray().Select((point, i) =>
            {
                var numbers = Numbers(point, $"point {i + 1} of {name}");
                Count(numbers.Length, fields.Dimensions, $"point {i + 1} of {name}", "numbers");
                return numbers;
            }),
        ];
    }

    private double[] Numbers(JsonElement array, string name)
    {
        if (array.ValueKind != JsonValueKind.Array) throw Wrong($"{name} is no array", "an array of numbers");
        return
        [
            .. array.EnumerateArray().Select(element =>
                element.ValueKind == JsonValueKind.Number && element.GetDouble() is var number && double.IsFinite(number)
                    ? number
                    : throw Wrong($"{name} holds {Shown(element.GetRawText())}", "finite numbers")),
        ];
    }

    private static string Shown(string text) => PrintableText.Shortened(text);

    private void Count(int actual, int expected, string name, string what)
    {
        if (actual != expected) throw Wrong($"{name} has {actual} {what}", $"{expected}");
    }

    private InvalidDataException Wrong(string what, string expected) => new($"'{path}': {what}; expected {expected}.");
}
