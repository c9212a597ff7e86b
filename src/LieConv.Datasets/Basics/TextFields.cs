using System.Globalization;

namespace LieConv.Datasets.Basics;

/// <summary>The fields of a line, parted by blanks, without a string for each.</summary>
internal ref struct TextFields(ReadOnlySpan<byte> line)
{
    private const int LongestNumber = 64;
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>Takes the next field.</summary>
    /// <returns>False at the end of the line.</returns>
    public bool Next(out ReadOnlySpan<byte> field)
    {
        var start = _rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start < 0)
        {
            field = _rest = default;
            return false;
        }

        _rest = _rest[start..];
        var length = _rest.IndexOfAny((byte)' ', (byte)'\t');
        field = length < 0 ? _rest : _rest[..length];
        _rest = _rest[field.Length..];
        return true;
    }

    /// <summary>Takes the next field as a number.</summary>
    /// <returns>False at the end of the line, or if it is no finite number.</returns>
    public bool NextNumber(out double value)
    {
        value = 0;
        return Next(out var field) && TryNumber(field, out value);
    }

    /// <summary>Takes the next field as a whole number.</summary>
    /// <returns>False at the end of the line, or if it is none.</returns>
    public bool NextWhole(out int value)
    {
        value = 0;
        return Next(out var field) && TryWhole(field, out value);
    }

    /// <summary>Reads a finite number; Mathematica's 2.0*^-5, which QM9 has, is 2.0e-5.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out double value)
    {
        var mark = field.IndexOf("*^"u8);
        if (mark < 0 || field.Length > LongestNumber) return TryPlain(field, out value);
        Span<byte> plain = stackalloc byte[LongestNumber];
        field[..mark].CopyTo(plain);
        plain[mark] = (byte)'e';
        field[(mark + 2)..].CopyTo(plain[(mark + 1)..]);
        return TryPlain(plain[..(field.Length - 1)], out value);
    }

    /// <summary>Reads a whole number.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> field, out int value) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    // The span parser of .NET rounds correctly, as Python does.
    private static bool TryPlain(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
