using System.Globalization;
using System.Text;

namespace LieConv.Datasets.Readers;

/// <summary>
/// Text that a terminal prints and does not obey. Names of files, titles of molecules and keys come from others, and
/// may hold escape sequences that move the cursor, rewrite what was printed, or turn the order of letters.
/// </summary>
internal static class PrintableText
{
    private const int ShownLength = 60;

    /// <summary>The text with every character that is no sign of its own written as \uXXXX, as in JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsLines">Whether ends of lines and tabs stay.</param>
    public static string Create(string text, bool keepsLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = 0;
        while (first < text.Length && IsPrintable(text[first], keepsLines)) first++;
        if (first == text.Length) return text;
        var printable = new StringBuilder(text.Length + 5).Append(text, 0, first);
        foreach (var c in text.AsSpan(first))
            if (IsPrintable(c, keepsLines)) printable.Append(c);
            else printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        return printable.ToString();
    }

    /// <summary>Whether a character can be printed as it is: no control character of ASCII or ISO 6429, no end of line
    /// of Unicode, and none that turns the direction of text (Unicode Standard Annex 9).</summary>
    public static bool IsPrintable(char c, bool keepsLines = false) => c switch
    {
        '\n' or '\t' => keepsLines,
        '\r' => keepsLines && OperatingSystem.IsWindows(), // alone it lets a line overwrite itself
        < ' ' or (>= '\u007f' and <= '\u009f') => false,
        '\u061c' or '\u200e' or '\u200f' or '\u2028' or '\u2029' => false,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => false,
        _ => true,
    };

    /// <summary>The start of a text of a file as one line for a message; '?' for what cannot be printed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Most characters shown.</param>
    public static string Shortened(string text, int length = ShownLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = text.Trim();
        var line = string.Create(Math.Min(shown.Length, length), shown, static (line, shown) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = shown[i] == '\t' ? ' ' : IsPrintable(shown[i]) && shown[i] != '\ufffd' ? shown[i] : '?';
        });
        return shown.Length <= length ? line : line + "...";
    }

    /// <summary>The same of bytes, which are UTF-8 or none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">Most bytes shown.</param>
    public static string Shortened(ReadOnlySpan<byte> bytes, int length) =>
        Shortened(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, length)]), length) +
        (bytes.Length > length ? "..." : "");
}
