using System.Runtime.CompilerServices;
using System.Text;
using LieConv.Datasets.Readers;
using nietras.SeparatedValues;

namespace LieConv.Datasets.Points;

/// <summary>CSV and TSV: a line of names, then a line a point; parted by what parts most names, fields may be quoted.
/// </summary>
internal sealed class DelimitedFormat : PointFormat
{
    private const int ProbeBytes = 1 << 16;
    private static readonly char[] Separators = ['\t', ';', ',', '|'];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => [".csv", ".tsv"];

    /// <inheritdoc/>
    public override bool ReadsGzip => true;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink) => TextFile.ReadStream(file.Path, text =>
    {
        var start = new byte[ProbeBytes];
        var got = text.ReadAtLeast(start, ProbeBytes, throwOnEndOfStream: false);
        using var characters = new StreamReader(new PrecededStream(start.AsMemory(0, got), text), Encoding.UTF8, false,
            1 << 16);
        using var reader = Sep.New(SeparatorOf(Encoding.UTF8.GetString(start, 0, got))).Reader(options => options with
        {
            HasHeader = false, // of names that occur twice more is said here
            DisableColCountCheck = true,
            Unescape = true,
        }).From(characters);
        try
        {
            Read(file.Name, reader, sink);
        }
        catch (NotSupportedException fault) // Sep's limit of a row
        {
            throw new InvalidDataException(
                $"{file.Name}: has a line of more than 16,777,216 characters, or a quote that is not closed.", fault);
        }

        return true;
    });

    private static void Read(string name, SepReader reader, PointSink sink)
    {
        PointColumn?[]? columns = null;
        foreach (var row in reader)
        {
            if (row.ColCount == 1 && row[0].Span.IsWhiteSpace()) continue; // a blank line
            if (columns is null) columns = Begin(name, row, sink);
            else Read(row, columns, sink);
        }

        if (columns is null)
            throw new InvalidDataException($"{name}: the file is empty; expected a line of names, then a line a " +
                "point.");
    }

    private static PointColumn?[] Begin(string name, SepReader.Row row, PointSink sink)
    {
        var names = new string[row.ColCount];
        for (var i = 0; i < names.Length; i++) names[i] = row[i].Span.Trim().ToString();
        var line = row.RowIndex == 0 ? 1 : row.LineNumberFrom; // Sep 0.17 says 2 of the first
        if (names.All(field => NumberCell.TryNumber(field, out _)))
            throw new InvalidDataException($"{name}, line {line}: is '" +
                $"{PrintableText.Shortened(string.Join(", ", names))}'; expected the names of the columns.");
        sink.Begin(names, "line");
        return [.. Enumerable.Range(0, names.Length).Select(sink.Column)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(SepReader.Row row, PointColumn?[] columns, PointSink sink)
    {
        var count = row.ColCount;
        if (count != columns.Length)
            sink.Fault(row.LineNumberFrom, null, FormattableString.Invariant(
                $"has {count} fields; expected {columns.Length}, as the line of names has") +
                (row.LineNumberToExcl - row.LineNumberFrom > 1
                    ? " (a quote that begins in it may not be closed)"
                    : ""));
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not { } column) continue;
            if (i >= count) column.AddMissing();
            else Read(row[i], column);
        }

        sink.EndRow(row.LineNumberFrom);
    }

    // Sep's own parser gives the same numbers as the system's, but would take 2,5 for 25.
    private static void Read(SepReader.Col cell, PointColumn column)
    {
        var text = cell.Span;
        if (column is NumberCell or MixedCell { Texts: null } && !text.Contains(',')
            && cell.TryParse<double>(out var number))
            column.Add(number);
        else column.Add(text);
    }

    private static char SeparatorOf(string start)
    {
        var line = start.AsSpan().TrimStart("\r\n \t");
        var end = line.IndexOfAny('\r', '\n');
        var (counts, isQuoted) = (new int[Separators.Length], false);
        foreach (var c in end < 0 ? line : line[..end])
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && Array.IndexOf(Separators, c) is >= 0 and var separator) counts[separator]++;
        }

        return counts.Max() == 0 ? ',' : Separators[Array.IndexOf(counts, counts.Max())];
    }
}
