using System.Globalization;
using System.Text;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// What the comment of a frame declares, as key=value pairs parted by blanks, values in quotes, braces or brackets
/// where they have blanks (https://github.com/libAtoms/extxyz, "XYZ file specification"). Words that are no such pair
/// mean nothing.
/// </summary>
/// <param name="Properties">Which columns the lines of atoms have; null for plain ones.</param>
/// <param name="IsPeriodic">Whether there is a lattice, or a direction that repeats.</param>
/// <param name="NetCharge">The charge of the whole; 0 where none is named.</param>
/// <param name="IsQm9">Whether it is the line of properties of one of QM9's files.</param>
internal sealed record XyzComment(string? Properties, bool IsPeriodic, int NetCharge, bool IsQm9)
{
    private const double WholeTolerance = 1e-6;
    private static readonly string[] ChargeKeys = ["charge", "total_charge", "net_charge", "totalcharge", "netcharge"];
    private static readonly string[] Yes = ["t", "true", "1", ".true."];
    private static readonly string[] No = ["f", "false", "0", ".false."];
    private static readonly char[] Brackets = [' ', '\t', ',', '[', ']', '{', '}', '(', ')'];

    /// <summary>Reads a comment.</summary>
    /// <param name="line">The comment.</param>
    /// <param name="lines">Where it is, for messages.</param>
    /// <exception cref="InvalidDataException">A declaration cannot be read, or is made twice.</exception>
    public static XyzComment Read(ReadOnlySpan<byte> line, TextLines lines)
    {
        var fields = new TextFields(line);
        if (fields.Next(out var tag) && tag.SequenceEqual("gdb"u8) && fields.NextWhole(out _))
            return new XyzComment(null, false, 0, true);
        if (!line.Contains((byte)'=')) return new XyzComment(null, false, 0, false);
        string? properties = null, lattice = null, repeats = null, charge = null;
        foreach (var (key, value) in Pairs(Encoding.UTF8.GetString(line)))
        {
            if (Is(key, "Properties")) Set(ref properties, key, value, lines);
            else if (Is(key, "Lattice")) Set(ref lattice, key, value, lines);
            else if (Is(key, "pbc")) Set(ref repeats, key, value, lines);
            else if (ChargeKeys.Any(known => Is(key, known)) && charge is null) charge = value;
        }

        var isPeriodic = repeats is null ? lattice is not null : Repeats(repeats, lines);
        return new XyzComment(properties, isPeriodic, charge is null ? 0 : Whole(charge, lines), false);
    }

    private static bool Is(string key, string known) => string.Equals(key, known, StringComparison.OrdinalIgnoreCase);

    private static void Set(ref string? place, string key, string value, TextLines lines)
    {
        if (place is not null) throw lines.Fault($"{PrintableText.Create(key)} is there twice; expected once");
        place = value;
    }

    private static bool Repeats(string text, TextLines lines)
    {
        var flags = text.Split(Brackets, StringSplitOptions.RemoveEmptyEntries);
        foreach (var flag in flags)
            if (!Yes.Concat(No).Contains(flag, StringComparer.OrdinalIgnoreCase))
                throw lines.Fault($"pbc is '{PrintableText.Create(text)}'; expected T or F for each direction");
        return flags.Any(flag => Yes.Contains(flag, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A charge; words in a comment that are no number declare none.</summary>
    private static int Whole(string text, TextLines lines)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var charge)) return 0;
        var whole = Math.Round(charge);
        return Math.Abs(charge - whole) < WholeTolerance && Math.Abs(whole) < short.MaxValue
            ? (int)whole
            : throw lines.Fault($"the charge is '{PrintableText.Create(text)}'; expected a whole number");
    }

    private static IEnumerable<(string Key, string Value)> Pairs(string text)
    {
        var place = 0;
        while (place < text.Length)
        {
            if (char.IsWhiteSpace(text[place]))
            {
                place++;
                continue;
            }

            var key = Token(text, ref place, '=');
            // Blanks may stand around the sign.
            var after = place;
            while (after < text.Length && char.IsWhiteSpace(text[after])) after++;
            if (after >= text.Length || text[after] != '=') continue;
            place = after + 1;
            while (place < text.Length && char.IsWhiteSpace(text[place])) place++;
            yield return (key, Token(text, ref place, '\0'));
        }
    }

    /// <summary>Text up to a blank or the end sign; quoted or in brackets, up to where those close.</summary>
    private static string Token(string text, ref int place, char end)
    {
        if (place >= text.Length) return "";
        var close = text[place] switch { '"' => '"', '\'' => '\'', '{' => '}', '[' => ']', _ => '\0' };
        if (close != '\0' && Closing(text, place, close) is > 0 and var last)
        {
            var inside = text[(place + 1)..last];
            place = last + 1;
            return close is '"' or '\'' ? inside.Replace("\\" + close, close.ToString(), StringComparison.Ordinal) : inside;
        }

        var start = place++;
        while (place < text.Length && !char.IsWhiteSpace(text[place]) && text[place] != end) place++;
        return text[start..place];
    }

    private static int Closing(string text, int open, char close)
    {
        var depth = 0;
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && close is '"' or '\'') i++;
            else if (text[i] == text[open] && text[open] != close) depth++;
            else if (text[i] == close && depth-- == 0) return i;
        }

        return -1;
    }
}
