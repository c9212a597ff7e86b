using System.Text;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// Atoms, bonds and charges of a molfile in version V3000: lines 'M  V30', of which one that ends in '-' goes on in the
/// next; blocks of atoms 'index type x y z map KEY=VALUE...' and of bonds 'index type atom atom KEY=VALUE...'.
/// </summary>
/// <param name="record">Takes them.</param>
internal sealed class SdfTable3000(SdfRecord record)
{
    private const string AtomLine = "an index, an element, three coordinates and a number";
    private const string BondLine = "an index, a type and two atoms";
    private const string CountsLine = "'M  V30 COUNTS' and the numbers of atoms and bonds";

    /// <summary>A line with all that it goes on with.</summary>
    private const int LongestLine = 1 << 16;

    private readonly Dictionary<int, int> _places = [];

    /// <summary>Reads the table up to 'M  END'.</summary>
    public void Read(ref TextLines lines)
    {
        var (atoms, bonds, foundBonds, block) = (-1, -1, 0, "");
        while (!lines.AtEnd)
        {
            var raw = lines.Next("");
            if (raw.StartsWith("M  END"u8)) break;
            if (!raw.StartsWith("M  V30"u8)) continue;
            var line = Whole(raw, ref lines);
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["BEGIN" or "END", var name, ..]) block = words[0] == "BEGIN" ? name : "";
            else if (words is ["COUNTS", var first, var second, ..])
            {
                if (!int.TryParse(first, out atoms) || !int.TryParse(second, out bonds) || atoms < 0 || bonds < 0)
                    throw Wrong(CountsLine, line, lines);
                if (atoms == 0) throw lines.Fault("the record declares no atoms; expected at least one");
            }
            else if (block == "ATOM") ReadAtom(words, line, lines);
            else if (block == "BOND")
            {
                ReadBond(words, line, lines);
                foundBonds++;
            }
        }

        if (atoms < 0) throw lines.Fault($"expected {CountsLine}, but the record ends here");
        if (atoms != _places.Count || bonds != foundBonds)
            throw lines.Fault($"expected {atoms} atoms and {bonds} bonds, as the record declares, not " +
                $"{_places.Count} and {foundBonds}");
    }

    private static string Whole(ReadOnlySpan<byte> line, ref TextLines lines)
    {
        var text = new StringBuilder();
        while (true)
        {
            var part = line["M  V30".Length..];
            var goesOn = part.EndsWith("-"u8);
            text.Append(Encoding.UTF8.GetString(goesOn ? part[..^1] : part));
            if (text.Length > LongestLine) throw lines.Fault($"goes on for more than {LongestLine} characters");
            if (!goesOn) return text.ToString().Trim();
            line = lines.Next("'M  V30', which goes on with the line before");
            if (!line.StartsWith("M  V30"u8)) throw lines.Fault("'M  V30', which goes on with the line before", line);
        }
    }

    private void ReadAtom(string[] words, string line, TextLines lines)
    {
        Span<double> position = stackalloc double[3];
        if (words.Length < 6 || !int.TryParse(words[0], out var index)
            || Elements.TryRead(Encoding.UTF8.GetBytes(words[1])) is not (> 0 and var charge))
            throw Wrong(AtomLine, line, lines);
        for (var axis = 0; axis < 3; axis++)
            if (!TextFields.TryNumber(Encoding.UTF8.GetBytes(words[2 + axis]), out position[axis]))
                throw Wrong(AtomLine, line, lines);
        var formalCharge = 0;
        foreach (var word in words.AsSpan(6))
            if (word.StartsWith("CHG=", StringComparison.Ordinal)
                && (!int.TryParse(word.AsSpan(4), out formalCharge) || Math.Abs(formalCharge) > byte.MaxValue))
                throw Wrong($"{AtomLine}, and a charge as CHG=-1", line, lines);
        if (!_places.TryAdd(index, _places.Count + 1)) throw Wrong("an index that was not there before", line, lines);
        record.AddAtom(charge, position[0], position[1], position[2], formalCharge);
    }

    private void ReadBond(string[] words, string line, TextLines lines)
    {
        if (words.Length < 4 || !int.TryParse(words[1], out var type)
            || !int.TryParse(words[2], out var first) || !int.TryParse(words[3], out var second)
            || !_places.TryGetValue(first, out var one) || !_places.TryGetValue(second, out var other)
            || !record.AddBond(type, one, other))
            throw Wrong(BondLine, line, lines);
    }

    private static InvalidDataException Wrong(string expected, string line, TextLines lines) =>
        lines.Fault(expected, Encoding.UTF8.GetBytes(line));
}
