using LieConv.Datasets.Readers;

namespace LieConv.Training.Json;

/// <summary>A field of a CSV file.</summary>
internal static class CsvField
{
    /// <summary>The text as a field, in quotation marks where it needs them. Names of files may hold what a terminal would
    /// obey.</summary>
    public static string Create(string text)
    {
        text = PrintableText.Create(text);
        return text.AsSpan().IndexOfAny(",\"") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
