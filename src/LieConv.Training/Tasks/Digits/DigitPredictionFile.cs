using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Datasets.Readers;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Predicted digits as CSV or JSON.</summary>
public static class DigitPredictionFile
{
    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="classes">Classes that the network tells apart.</param>
    /// <param name="digits">The predictions.</param>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write(string path, bool json, int classes, IReadOnlyList<PredictedDigit> digits)
    {
        var bytes = Encoding.UTF8.GetBytes(json ? Json(digits) + "\n" : Csv(classes, digits));
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>A line for each picture: file, number, class and the probability of each class.</summary>
    public static string Csv(int classes, IReadOnlyList<PredictedDigit> digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var text = new StringBuilder("file,image,class,");
        text.AppendJoin(',', Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"p{i}"))).Append('\n');
        foreach (var digit in digits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(digit.File)},{digit.Number},{digit.Class},");
            text.AppendJoin(',', digit.Probabilities.Select(p => p.ToString("G6", CultureInfo.InvariantCulture)))
                .Append('\n');
        }
        return text.ToString();
    }

    /// <summary>An array with an object for each picture.</summary>
    public static string Json(IReadOnlyList<PredictedDigit> digits) =>
        JsonSerializer.Serialize(digits, JsonFormat.Indented);

    /// <summary>A field; names of files may hold what a terminal would obey.</summary>
    private static string Quoted(string text)
    {
        text = PrintableText.Of(text);
        return text.AsSpan().IndexOfAny(",\"") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
