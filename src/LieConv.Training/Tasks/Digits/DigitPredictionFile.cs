using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Predicted digits as CSV or JSON.</summary>
public static class DigitPredictionFile
{
    /// <summary>A line for each picture: file, number, class and the probability of each class.</summary>
    public static string Csv(int classes, IReadOnlyList<PredictedDigit> digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var text = new StringBuilder("file,image,class,");
        text.AppendJoin(',', Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"p{i}"))).Append('\n');
        foreach (var digit in digits)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(digit.File)},{digit.Number},{digit.Class},");
            text.AppendJoin(',', digit.Probabilities.Select(p => p.ToString("G6", CultureInfo.InvariantCulture)))
                .Append('\n');
        }
        return text.ToString();
    }

    /// <summary>An array with an object for each picture.</summary>
    public static string Json(IReadOnlyList<PredictedDigit> digits) =>
        JsonSerializer.Serialize(digits, JsonFormat.Indented);
}
