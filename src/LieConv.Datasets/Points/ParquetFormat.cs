using System.Runtime.CompilerServices;
using LieConv.Datasets.Readers;
using Parquet;
using Parquet.Schema;

namespace LieConv.Datasets.Points;

/// <summary>Parquet: a row a point, or a row a set where the coordinates are lists; then other lists hold an item for each
/// point, and all else is the same for the set. Only the columns that are asked for are read, a row group at a
/// time.</summary>
internal sealed class ParquetFormat : PointFormat
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => [".parquet", ".pq"];

    /// <inheritdoc/>
    public override bool ReadsGzip => false;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink) => DataFile.Read(file.Path, stream =>
    {
        if (stream.Length == 0) throw new InvalidDataException($"{file.Name}: the file is empty.");
        // Whatever damaged data do to the package is one fault; what the sink throws is its own and passes.
        var reader = Guarded(file.Name, () => ParquetReader.CreateAsync(stream).GetAwaiter().GetResult());
        var all = Guarded(file.Name, () => reader.Schema.GetDataFields());
        var holdsSets = HoldsSets(all, file.Options);
        var fields = all.Where(field => (ParquetColumn.IsRead(field) && (holdsSets || !ParquetColumn.IsList(field)))
            || IsMeant(ParquetColumn.NameOf(field), file.Options)).ToArray();
        sink.Begin([.. fields.Select(ParquetColumn.NameOf)], "row", holdsSets);
        var wanted = Enumerable.Range(0, fields.Length).Where(i => sink.Column(i) is not null)
            .Select(i => ParquetColumn.Create(fields[i], sink.Column(i)!, file.Name, holdsSets)).ToArray();
        var number = 0L;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            var rows = Guarded(file.Name, () =>
            {
                using var part = reader.OpenRowGroupReader(group);
                foreach (var column in wanted) column.Read(part);
                return (int)part.RowCount;
            });
            if (holdsSets) PushSets(wanted, rows, number, sink);
            else Push(wanted, rows, number, sink);
            number += rows;
        }

        return true;
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Push(ParquetColumn[] columns, int rows, long before, PointSink sink)
    {
        for (var row = 0; row < rows; row++)
        {
            foreach (var column in columns) column.Push(row);
            sink.EndRow(before + row + 1);
        }
    }

    private static void PushSets(ParquetColumn[] columns, int rows, long before, PointSink sink)
    {
        for (var row = 0; row < rows; row++)
        {
            var number = before + row + 1;
            sink.BeginSet(null, number);
            foreach (var column in columns)
                if (column.IsKey) column.Push(row); // the name, for faults too
            PushSet(columns, row, number, sink);
        }
    }

    private static void PushSet(ParquetColumn[] columns, int row, long number, PointSink sink)
    {
        ParquetColumn? sized = null;
        foreach (var column in columns)
        {
            var count = column.CountOf(row);
            if (count == ParquetColumn.NoList) continue;
            sized ??= column;
            if (count == sized.CountOf(row)) continue;
            sink.Fault(number, column.Name, $"has {count} items, and '{PrintableText.Create(sized.Name)}' has " +
                $"{sized.CountOf(row)}; expected one for each point in both");
            return;
        }

        for (var point = 0; point < (sized?.CountOf(row) ?? 0); point++)
        {
            foreach (var column in columns)
                if (column.CountOf(row) == ParquetColumn.NoList) column.Push(row);
                else column.Push(row, point);
            sink.EndRow(number);
        }
    }

    /// <summary>Whether a column of coordinates holds lists.</summary>
    private static bool HoldsSets(DataField[] fields, PointDataOptions options)
    {
        string[] names = [.. fields.Where(ParquetColumn.IsRead).Select(ParquetColumn.NameOf)];
        var coordinates = options.Coords.Length > 0
            ? [.. PointNames.Parse(options.Coords).SelectMany(name => PointNames.Expand(name, names))]
            : PointNames.Coordinates(names);
        return fields.Any(field => ParquetColumn.IsList(field) && coordinates.Contains(ParquetColumn.NameOf(field)));
    }

    // What cannot be read is no column that could be guessed, but a fault where it is meant.
    private static bool IsMeant(string name, PointDataOptions options) =>
        PointNames.Coordinates([name]).Count > 0 || new[]
        {
            options.Coords, options.Values, options.Id, options.Target, options.Group, options.Split,
        }.SelectMany(PointNames.Parse).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"{name}: is no Parquet file, or is damaged or cut short: {Reason(damage)}.", damage);
        }
    }

    private static string Reason(Exception damage) =>
        PrintableText.Shortened(damage.Message.Split('\n')[0].TrimEnd('.', '\r'), 120);
}
