using System.Text.Json;
using LieConv.Training.Json;

namespace LieConv.Benchmarks.Support;

/// <summary>Numbers saved for pictures.</summary>
internal static class JsonFile
{
    /// <summary>Writes a record, over what was there; nothing where there is no file.</summary>
    public static void Write<T>(string? path, T record)
    {
        if (path is not null) File.WriteAllText(path, JsonSerializer.Serialize(record, JsonFormat.Indented) + "\n");
    }

    /// <summary>What kind of numbers a file holds.</summary>
    /// <exception cref="InvalidDataException">If it holds none.</exception>
    public static string KindOf(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() ?? "" : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} holds no numbers of a benchmark: {e.Message}", e);
        }
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">If the file holds another.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), JsonFormat.Indented)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} holds other numbers than expected: {e.Message}", e);
        }
    }
}
