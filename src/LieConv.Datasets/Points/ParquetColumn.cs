using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
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

    /// <summary>Whether a column is of a type that is read.</summary>
    public static bool IsRead(DataField field) => field.MaxRepetitionLevel == 0
        && (field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(ReadOnlyMemory<byte>)
            || Type.GetTypeCode(field.ClrType) is >= TypeCode.Boolean and <= TypeCode.Decimal and not TypeCode.Char);

    /// <summary>A column of a type that is read.</summary>
    /// <exception cref="InvalidDataException">It holds lists, or neither numbers nor texts.</exception>
    public static ParquetColumn Create(DataField field, PointColumn to, string file)
    {
        if (field.MaxRepetitionLevel > 0)
            throw new InvalidDataException(
                $"{file}, column '{PrintableText.Of(to.Name)}': holds lists; expected a number or a text a row, a " +
                    "row a point.");
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
            return new Cells<ReadOnlyMemory<char>>(field, to, static (text, to) => to.Add(text.Span));
        if (field.ClrType == typeof(ReadOnlyMemory<byte>))
            return new Cells<ReadOnlyMemory<byte>>(field, to, static (text, to) =>
                to.Add(Encoding.UTF8.GetString(text.Span)));
        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => new Cells<double>(field, to, static (value, to) => to.Add(value)),
            TypeCode.Single => new Cells<float>(field, to, static (value, to) => to.Add(value)),
            TypeCode.Int64 => new Cells<long>(field, to, static (value, to) => AddWhole(value, to)),
            TypeCode.Int32 => new Cells<int>(field, to, static (value, to) => to.Add(value)),
            TypeCode.Int16 => new Cells<short>(field, to, static (value, to) => to.Add(value)),
            TypeCode.SByte => new Cells<sbyte>(field, to, static (value, to) => to.Add(value)),
            TypeCode.UInt64 => new Cells<ulong>(field, to, static (value, to) => to.Add(value)),
            TypeCode.UInt32 => new Cells<uint>(field, to, static (value, to) => to.Add(value)),
            TypeCode.UInt16 => new Cells<ushort>(field, to, static (value, to) => to.Add(value)),
            TypeCode.Byte => new Cells<byte>(field, to, static (value, to) => to.Add(value)),
            TypeCode.Boolean => new Cells<bool>(field, to, static (value, to) => to.Add(value ? 1 : 0)),
            TypeCode.Decimal => new Cells<decimal>(field, to, static (value, to) => to.Add((double)value)),
            _ => throw new InvalidDataException(
                $"{file}, column '{PrintableText.Of(to.Name)}': is of type {field.ClrType.Name}; expected numbers or " +
                    "texts."),
        };
    }

    // A name may have more digits than a double.
    private static void AddWhole(long value, PointColumn to)
    {
        if (to is not KeyCell || Math.Abs((double)value) < 1L << 53) to.Add((double)value);
        else to.Add(value.ToString(CultureInfo.InvariantCulture).AsSpan());
    }

    private sealed class Cells<T>(DataField field, PointColumn to, Action<T, PointColumn> add) : ParquetColumn
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Push(int row)
        {
            if (!field.IsNullable) add(_values[row], to);
            else if (_optional[row] is { } value) add(value, to);
            else to.AddMissing();
        }
    }
}
