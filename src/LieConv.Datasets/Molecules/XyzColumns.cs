using System.Globalization;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// The columns that Properties=name:type:count:... declares for the lines of atoms: those of element and position are
/// read wherever they are, all others are passed over. A line must have all of them and no more.
/// </summary>
internal sealed class XyzColumns
{
    private const int MostColumns = 10_000;
    private static readonly string[] ElementNames = ["species", "element", "elements", "symbol", "symbols"];
    private static readonly string[] ChargeNames =
        ["z", "numbers", "number", "atomic_number", "atomic_numbers", "atomicnumber", "atomicnumbers"];

    private static readonly string[] PositionNames =
        ["pos", "positions", "position", "coord", "coords", "coordinates", "xyz"];

    private readonly List<char> _types = [];
    private int _species = -1;
    private int _charge = -1;
    private int _position = -1;

    private XyzColumns(string declared) => Description = $"the columns {declared}";

    /// <summary>What a line must be.</summary>
    public string Description { get; }

    /// <summary>Reads a declaration.</summary>
    /// <param name="properties">Triples of name, type (S, R, I or L) and number of columns, parted by colons.</param>
    /// <param name="lines">Where it is, for messages.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or has no element or position.</exception>
    public static XyzColumns Parse(string properties, TextLines lines)
    {
        var columns = new XyzColumns(PrintableText.Create(properties));
        return columns.Declare(properties.Trim().Split(':')) is { } expected
            ? throw lines.Fault($"Properties is '{PrintableText.Create(properties)}'; expected {expected}")
            : columns;
    }

    /// <summary>Reads the line of an atom.</summary>
    /// <param name="line">The line.</param>
    /// <param name="positions">Takes the three coordinates.</param>
    /// <param name="lines">Where it is, for messages.</param>
    /// <param name="expected">What it should be, for messages.</param>
    /// <returns>The nuclear charge.</returns>
    public byte Read(ReadOnlySpan<byte> line, List<double> positions, TextLines lines, string expected)
    {
        var fields = new TextFields(line);
        var (species, charge) = ((byte)0, (byte)0);
        for (var column = 0; column < _types.Count; column++)
        {
            if (!fields.Next(out var field)) throw lines.Fault(expected, line);
            if (column == _species && (species = Elements.TryRead(field)) == 0) throw lines.Fault(expected, line);
            if (column == _charge && (charge = Elements.TryRead(field)) == 0) throw lines.Fault(expected, line);
            if (column >= _position && column < _position + 3)
                positions.Add(
                    TextFields.TryNumber(field, out var value) ? value : throw lines.Fault(expected, line));
            else if (_types[column] is 'R' or 'I' && column != _charge && column != _species && !IsNumber(field))
                throw lines.Fault(expected, line);
        }

        if (fields.Next(out _)) throw lines.Fault($"{expected}, and no more of them", line);
        if (species > 0 && charge > 0 && species != charge)
            throw lines.Fault($"one element for an atom, not {Elements.Symbol(species)} and {charge}", line);
        return Math.Max(species, charge);
    }

    /// <summary>Takes all columns; what was expected where that cannot be.</summary>
    private string? Declare(string[] parts)
    {
        if (parts.Length % 3 != 0) return "names, types and counts in threes, as species:S:1:pos:R:3";
        for (var i = 0; i < parts.Length; i += 3)
        {
            if (!int.TryParse(parts[i + 2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count is < 1 or > MostColumns || _types.Count + count > MostColumns)
                return $"counts from 1 to {MostColumns}";
            if (parts[i + 1].ToUpperInvariant() is not ("S" or "R" or "I" or "L")) return "the types S, R, I and L";
            if (Add(parts[i], char.ToUpperInvariant(parts[i + 1][0]), count) is { } expected) return expected;
        }

        if (_position < 0) return "positions, as pos:R:3";
        return _species < 0 && _charge < 0 ? "elements, as species:S:1 or Z:I:1" : null;
    }

    private string? Add(string name, char type, int count)
    {
        var expected = IsOf(ElementNames) ? Place(ref _species, "species:S:1", type is 'S' or 'I' && count == 1)
            : IsOf(ChargeNames) ? Place(ref _charge, "Z:I:1", type is 'I' && count == 1)
            : IsOf(PositionNames) ? Place(ref _position, "pos:R:3", type is 'R' or 'I' && count == 3)
            : null;
        _types.AddRange(Enumerable.Repeat(type, count));
        return expected;

        bool IsOf(string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

        string? Place(ref int place, string shape, bool fits)
        {
            if (!fits || place >= 0) return $"{PrintableText.Create(name)} as {shape}, once";
            place = _types.Count;
            return null;
        }
    }

    // Columns that are passed over may hold what is no number of a position, such as NaN for what is not known.
    private static bool IsNumber(ReadOnlySpan<byte> field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
