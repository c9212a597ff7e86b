using System.Globalization;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>Numbers of text files of points.</summary>
internal static class TextNumber
{
    /// <summary>Reads a number; "nan" and "inf" in any case are numbers too, which coordinates must not be.</summary>
    public static bool TryRead(ReadOnlySpan<byte> field, out double value)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;
        var sign = field.StartsWith("-"u8) ? -1 : 1;
        var word = field.TrimStart("+-"u8);
        if (field.Length - word.Length > 1) return false;
        if (!IsWord(word, "inf"u8) && !IsWord(word, "infinity"u8)) return false;
        value = sign * double.PositiveInfinity;
        return true;
    }

    private static bool IsWord(ReadOnlySpan<byte> field, ReadOnlySpan<byte> word)
    {
        if (field.Length != word.Length) return false;
        for (var i = 0; i < word.Length; i++)
            if ((field[i] | 0x20) != word[i]) return false;
        return true;
    }
}
