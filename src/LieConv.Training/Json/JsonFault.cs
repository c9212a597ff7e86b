using System.Text.Json;

namespace LieConv.Training.Json;

/// <summary>Says what is wrong with a JSON file in words for people: the reader's own name .NET types.</summary>
internal static class JsonFault
{
    /// <summary>The end of a sentence, without its full stop: what is wrong and in which line.</summary>
    public static string Describe(JsonException failure, long bytes)
    {
        if (bytes == 0) return "it is empty";
        var where = failure.LineNumber is { } line ? $" (line {line + 1})" : "";
        var key = failure.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)
            ? path[2..]
            : null;
        if (Quoted(failure.Message, "JSON property '") is { } unknown) return $"it has an unknown key '{unknown}'";
        if (Quoted(failure.Message, "required properties including: '") is { } missing)
            return $"the key '{missing}' is missing";
        if (failure.Message.Contains("could not be converted", StringComparison.Ordinal))
            return key is null ? $"it is not an object{where}" : $"{key} has a value of the wrong kind{where}";
        return $"it is damaged or incomplete JSON{where}";
    }

    private static string? Quoted(string message, string before)
    {
        var start = message.IndexOf(before, StringComparison.Ordinal);
        if (start < 0) return null;
        var rest = message[(start + before.Length)..];
        var end = rest.IndexOf('\'', StringComparison.Ordinal);
        return end < 0 ? null : rest[..end];
    }
}
