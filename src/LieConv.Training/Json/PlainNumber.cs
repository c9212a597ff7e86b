using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace LieConv.Training.Json;

/// <summary>
/// The one reader of numbers that users type, whatever option, key or list they are for: digits with a decimal point and
/// an exponent, finite. A comma is never part of a number: "0,003" would otherwise be read as 3, "1,5" as 15.
/// </summary>
public static class PlainNumber
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Real = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number.</summary>
    /// <param name="text">Such as 25, -1, 0.003, .5 or 3e-4; of whole types such as 25 only.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether the text is a finite number of the type.</returns>
    public static bool TryParse<T>(string? text, out T value) where T : struct, INumber<T>
    {
        var style = typeof(T) == typeof(double) || typeof(T) == typeof(float) ? Real : Whole;
        return T.TryParse(text, style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
    }

    /// <summary>Reads whole numbers with commas between them.</summary>
    /// <param name="text">Such as 10,100,1000. In "1,000" the zeros are no number: whoever wrote it meant a
    /// thousand.</param>
    /// <param name="least">The least that is accepted.</param>
    /// <param name="values">The numbers, in order.</param>
    /// <returns>Whether there is nothing else in the text.</returns>
    public static bool TryParseList<T>(string text, T least, [NotNullWhen(true)] out IReadOnlyList<T>? values)
        where T : struct, IBinaryInteger<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        values = null;
        var numbers = new List<T>();
        foreach (var part in text.Split(',').Select(part => part.Trim()))
        {
            if (!TryParse<T>(part, out var number) || number < least) return false;
            if (part.Length > 1 && part[0] == '0') return false;
            numbers.Add(number);
        }
        values = numbers;
        return true;
    }
}
