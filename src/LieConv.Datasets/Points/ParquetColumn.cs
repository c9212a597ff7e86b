using LieConv.Datasets.Readers;
using Parquet;
using Parquet.Schema;

namespace LieConv.Datasets.Points;

/// <summary>One column of a Parquet file.</summary>
internal abstract class ParquetColumn
{
    /// <summary>Reads it in a row group.</summary>
    public abstract void Read(ParquetRowGroupReader group);

    /// <summary>Gives the cell of a row to who asked for it.</summary>
    public abstract void Push(int row);

    /// <summary>A column of a type that is read.</summary>
    /// <exception cref="InvalidDataException">It holds lists, or neither numbers nor texts.</exception>
    public static ParquetColumn Create(DataField field, PointColumn to, string file)
    {
        if (field.MaxRepetitionLevel > 0)
            throw new InvalidDataException(
                $"{file}, column '{PrintableText.Of(to.Name)}': holds lists; expected a number or a text a row, a row a point.");
        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => new Numbers<double>(field, to, value => value),
            TypeCode.Single => new Numbers<float>(field, to, value => value),
            TypeCode.Int64 => new Numbers<long>(field, to, value => value),
            TypeCode.Int32 => new Numbers<int>(field, to, value => value),
            TypeCode.Int16 => new Numbers<short>(field, to, value => value),
            TypeCode.SByte => new Numbers<sbyte>(field, to, value => value),
            TypeCode.UInt64 => new Numbers<ulong>(field, to, value => value),
            TypeCode.UInt32 => new Numbers<uint>(field, to, value => value),
            TypeCode.UInt16 => new Numbers<ushort>(field, to, value => value),
            TypeCode.Byte => new Numbers<byte>(field, to, value => value),
            TypeCode.Boolean => new Numbers<bool>(field, to, value => value ? 1 : 0),
            TypeCode.Decimal => new Numbers<decimal>(field, to, value => (double)value),
            TypeCode.String => new Texts(field, to),
            _ => throw new InvalidDataException(
                $"{file}, column '{PrintableText.Of(to.Name)}': is of type {field.ClrType.Name}; expected numbers or texts."),
        };
    }

    private sealed class Numbers<T>(DataField field, PointColumn to, Func<T, double> convert) : ParquetColumn
        where T : struct
    {
        private T[] _values = [];
        private T?[] _optional = [];

        public override void Read(ParquetRowGroupReader group)
        {
            var rows = (int)group.RowCount;
            if (field.IsNullable)
            {
                if (_optional.Length < rows) _optional = new T?[rows];
                group.ReadAsync(field, _optional.AsMemory(0, rows)).AsTask().GetAwaiter().GetResult();
            }
            else
            {
                if (_values.Length < rows) _values = new T[rows];
                group.ReadAsync(field, _values.AsMemory(0, rows)).AsTask().GetAwaiter().GetResult();
            }
        }

        public override void Push(int row)
        {
            if (!field.IsNullable) to.Add(convert(_values[row]));
            else if (_optional[row] is { } value) to.Add(convert(value));
            else to.AddMissing();
        }
    }

    private sealed class Texts(DataField field, PointColumn to) : ParquetColumn
    {
        private string?[] _values = [];

        public override void Read(ParquetRowGroupReader group)
        {
            var rows = (int)group.RowCount;
            if (_values.Length < rows) _values = new string?[rows];
            group.ReadAsync(field, _values.AsMemory(0, rows)!).AsTask().GetAwaiter().GetResult();
        }

        public override void Push(int row)
        {
            if (_values[row] is { } text) to.Add(text.AsSpan());
            else to.AddMissing();
        }
    }
}
