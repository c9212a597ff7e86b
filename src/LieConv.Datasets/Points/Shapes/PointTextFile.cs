using System.Globalization;
using System.Text;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Reads plain columns of numbers, a point a line (.xyz, .pts): the first three are the coordinates x, y, z (or x, y,
/// or x where there are no more). Blanks, tabs, commas or semicolons part them. A first line of names, bare or after #
/// or //, names the columns; without one the others are c4, c5, ... A single whole number on the first line is the
/// number of points, as .pts files of scanners have it.
/// </summary>
internal static class PointTextFile
{
    private const int MostColumns = 1000;
    private static readonly string[] Coordinates = ["x", "y", "z"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line.</exception>
    public static Shape Read(string path) => Parse(TextFile.Read(path), path);

    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    public static Shape Parse(ReadOnlySpan<byte> text, string name)
    {
        var plain = text.ToArray();
        foreach (ref var sign in plain.AsSpan())
            if (sign is (byte)',' or (byte)';' or (byte)'\t') sign = (byte)' ';
        var lines = new TextLines(plain, name);
        string[]? names = null;
        int? promised = null;
        ShapeBuilder? shape = null;
        var row = new double[MostColumns];
        while (!lines.AtEnd)
        {
            var line = lines.Next("a point").Trim(" \r\f\v"u8);
            if (line.IsEmpty) continue;
            if (IsComment(line, out var comment))
            {
                if (shape is null) names = TryNames(comment) ?? names;
                continue;
            }

            if (shape is null && TryNames(line) is { } found)
            {
                names = found;
                continue;
            }

            if (shape is null && promised is null && TryCount(line, lines, out var count))
            {
                promised = count;
                continue;
            }

            AddPoint(ref shape, line, row, names, lines, name);
        }

        var points = shape?.Count ?? 0;
        if (promised is { } all && all != points)
            throw new InvalidDataException(
                $"{name}: has {points} points; expected the {all} that its first line promises.");
        return shape?.Build() ?? throw new InvalidDataException($"{name}: has no points; expected at least one.");
    }

    private static void AddPoint(
        ref ShapeBuilder? shape, ReadOnlySpan<byte> line, double[] row, string[]? names, TextLines lines, string name)
    {
        var width = ContentLines.Numbers(line, row);
        if (shape is null && (width is < 1 or > MostColumns))
            throw lines.Fault("a point as numbers x y z ...", line);
        shape ??= Begin(name, names?.Length == width ? names : Unnamed(width));
        if (width != shape.Width)
            throw lines.Fault($"a point of {shape.Width} numbers as those before", line);
        if (shape.AddPoint(row.AsSpan(0, width)) is { } fault) throw lines.Fault(fault);
    }

    private static ShapeBuilder Begin(string name, string[] columns) => new(
        name, columns, columns.Zip(Coordinates).TakeWhile(pair => pair.First == pair.Second).Count());

    private static string[] Unnamed(int width) => [.. Enumerable.Range(0, width).Select(
        i => i < Coordinates.Length ? Coordinates[i] : string.Create(CultureInfo.InvariantCulture, $"c{i + 1}"))];

    private static bool IsComment(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> comment)
    {
        comment = line.TrimStart("#/"u8);
        return line.StartsWith("#"u8) || line.StartsWith("//"u8);
    }

    // The number of points stands alone, and before points of more than one number: before a line of one number it is
    // a point itself.
    private static bool TryCount(ReadOnlySpan<byte> line, TextLines lines, out int count)
    {
        if (!TextFields.TryWhole(line, out count) || count < 0) return false;
        lines.SkipBlankLines();
        return lines.AtEnd || !TextNumber.TryRead(lines.Next("a point").Trim(" \r"u8), out _);
    }

    // Names of columns: different words, none of them a number, the first x.
    private static string[]? TryNames(ReadOnlySpan<byte> line)
    {
        var names = new List<string>();
        var fields = new TextFields(line);
        while (fields.Next(out var field))
        {
            if (TextNumber.TryRead(field, out _) || names.Count == MostColumns) return null;
            var word = Encoding.UTF8.GetString(field).Trim('"');
            names.Add(word is "X" or "Y" or "Z" ? word.ToLowerInvariant() : word);
        }

        return names.Count > 0 && names[0] == Coordinates[0] && names.Distinct().Count() == names.Count
            ? [.. names]
            : null;
    }
}
