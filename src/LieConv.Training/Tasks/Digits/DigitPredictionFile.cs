using System.Text.Json;
using LieConv.Training.Description;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Predicted digits as a table or JSON.</summary>
public static class DigitPredictionFile
{
    /// <summary>A row for each picture: file, number, class and the probability of each class.</summary>
    public static ResultTable Table(int classes, IReadOnlyList<PredictedDigit> digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return new ResultTable(
        [
            ResultColumn.Texts("file", [.. digits.Select(digit => digit.File)]),
            ResultColumn.Counts("image", [.. digits.Select(digit => (long)digit.Number)]),
            ResultColumn.Counts("class", [.. digits.Select(digit => (long)digit.Class)]),
            .. Enumerable.Range(0, classes).Select(k => ResultColumn.Numbers(
                FormattableString.Invariant($"p{k}"), [.. digits.Select(digit => digit.Probabilities[k])], "G6")),
        ]);
    }

    /// <summary>An array with an object for each picture.</summary>
    public static string Json(IReadOnlyList<PredictedDigit> digits) =>
        JsonSerializer.Serialize(digits, JsonFormat.Indented);
}
