using System.Buffers;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;
using Parquet;
using Parquet.Schema;

namespace LieConv.Training.Description;

/// <summary>Predictions as columns of equal length, and how they are written.</summary>
public sealed class ResultTable
{
    /// <summary>Rows that a reader of Parquet takes at once.</summary>
    private const int RowsOfGroup = 1 << 20;

    /// <summary>A table.</summary>
    /// <param name="columns">Its columns, from the left.</param>
    /// <exception cref="ArgumentException">If they differ in length or share a name.</exception>
    public ResultTable(IReadOnlyList<ResultColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("The table has no columns.", nameof(columns));
        if (columns.FirstOrDefault(column => column.Rows != columns[0].Rows) is { } other)
            throw new ArgumentException(
                $"The column {other.Name} has {other.Rows} rows; expected {columns[0].Rows}, as the first.", nameof(columns));
        if (columns.CountBy(column => column.Name).FirstOrDefault(pair => pair.Value > 1) is { Key: { } name })
            throw new ArgumentException($"Two columns are called {name}; expected a name for each.", nameof(columns));
        Columns = columns;
    }

    /// <summary>The columns, from the left.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>Rows.</summary>
    public int Rows => Columns[0].Rows;

    /// <summary>The table as CSV: a line of names, then a line for each row.</summary>
    public string Csv()
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(column => CsvField.Create(column.Name))).Append('\n');
        for (var row = 0; row < Rows; row++)
        {
            for (var c = 0; c < Columns.Count; c++)
                text.Append(c == 0 ? "" : ",").Append(CsvField.Create(Columns[c].Text(row)));
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The table as one JSON array with an object for each row.</summary>
    public string Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, Encoder = JsonFormat.Indented.Encoder };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartArray();
            for (var row = 0; row < Rows; row++)
            {
                writer.WriteStartObject();
                foreach (var column in Columns)
                {
                    writer.WritePropertyName(column.Name);
                    column.WriteJson(writer, row);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the table as a Parquet file.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteParquet(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WriteParquetAsync(stream).GetAwaiter().GetResult();
    }

    private async Task WriteParquetAsync(Stream stream)
    {
        DataField[] fields = [.. Columns.Select(column => column.Field)];
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            for (var start = 0; start < Rows; start += RowsOfGroup)
            {
                using var group = writer.CreateRowGroup();
                foreach (var (column, field) in Columns.Zip(fields))
                    await column.WriteAsync(group, field, start, Math.Min(RowsOfGroup, Rows - start)).ConfigureAwait(false);
            }
        }
    }
}
