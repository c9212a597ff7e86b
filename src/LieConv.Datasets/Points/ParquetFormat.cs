using System.Runtime.CompilerServices;
using LieConv.Datasets.Readers;
using Parquet;

namespace LieConv.Datasets.Points;

/// <summary>Parquet: a row a point. Only the columns that are asked for are read, a row group at a time.</summary>
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
        var fields = Guarded(file.Name, () => reader.Schema.GetDataFields())
            .Where(field => ParquetColumn.IsRead(field) || IsMeant(field.Path.ToString(), file.Options)).ToArray();
        sink.Begin([.. fields.Select(field => field.Path.ToString())], "row");
        var wanted = Enumerable.Range(0, fields.Length).Where(i => sink.Column(i) is not null)
            .Select(i => ParquetColumn.Create(fields[i], sink.Column(i)!, file.Name)).ToArray();
        var number = 0L;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            var rows = Guarded(file.Name, () =>
            {
                using var part = reader.OpenRowGroupReader(group);
                foreach (var column in wanted) column.Read(part);
                return (int)part.RowCount;
            });
            Push(wanted, rows, number, sink);
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
