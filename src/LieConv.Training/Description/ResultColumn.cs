using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace LieConv.Training.Description;

/// <summary>A column of a table of predictions: texts, whole numbers or numbers, one a row.</summary>
public abstract class ResultColumn
{
    /// <summary>Digits that a float32 has and no more.</summary>
    public const string SinglePrecision = "G9";

    private protected ResultColumn(string name, int rows) => (Name, Rows) = (name, rows);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its length.</summary>
    public int Rows { get; }

    /// <summary>A column of texts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One a row.</param>
    public static ResultColumn Texts(string name, IReadOnlyList<string> values) => new TextColumn(name, values);

    /// <summary>A column of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One a row.</param>
    public static ResultColumn Counts(string name, long[] values) => new CountColumn(name, values);

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name, with the unit where there is one.</param>
    /// <param name="values">One a row; an infinite one is Infinity, one that is none NaN.</param>
    /// <param name="format">How .NET writes it in texts; Parquet has all its digits.</param>
    public static ResultColumn Numbers(string name, double[] values, string format = SinglePrecision) =>
        new NumberColumn(name, values, format);

    /// <summary>The value of a row as text.</summary>
    public abstract string Text(int row);

    internal abstract DataField Field { get; }

    internal abstract void WriteJson(Utf8JsonWriter writer, int row);

    /// <summary>Writes rows as the next column of a row group.</summary>
    internal abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, int start, int count);

    private sealed class TextColumn(string name, IReadOnlyList<string> values) : ResultColumn(name, values.Count)
    {
        internal override DataField Field => new(Name, typeof(string), isNullable: false);

        public override string Text(int row) => values[row];

        internal override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteStringValue(values[row]);

        internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, int start, int count)
        {
            string[] rows = [.. Enumerable.Range(start, count).Select(row => values[row])];
            return group.WriteAsync(field, rows);
        }
    }

    private sealed class CountColumn(string name, long[] values) : ResultColumn(name, values.Length)
    {
        internal override DataField Field => new DataField<long>(Name);

        public override string Text(int row) => values[row].ToString(CultureInfo.InvariantCulture);

        internal override void WriteJson(Utf8JsonWriter writer, int row) => writer.WriteNumberValue(values[row]);

        internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, int start, int count) =>
            group.WriteAsync<long>(field, values.AsMemory(start, count));
    }

    private sealed class NumberColumn(string name, double[] values, string format) : ResultColumn(name, values.Length)
    {
        internal override DataField Field => new DataField<double>(Name);

        public override string Text(int row) => values[row].ToString(format, CultureInfo.InvariantCulture);

        internal override void WriteJson(Utf8JsonWriter writer, int row)
        {
            // JSON has no infinite numbers; as texts they are read back (JsonFormat).
            if (double.IsFinite(values[row])) writer.WriteRawValue(Text(row));
            else writer.WriteStringValue(Text(row));
        }

        internal override Task WriteAsync(ParquetRowGroupWriter group, DataField field, int start, int count) =>
            group.WriteAsync<double>(field, values.AsMemory(start, count));
    }
}
