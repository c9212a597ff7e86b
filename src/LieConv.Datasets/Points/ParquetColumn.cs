using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LieConv.Datasets.Readers;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace LieConv.Datasets.Points;

/// <summary>One column of a Parquet file: a cell a row, or a list a row.</summary>
internal abstract class ParquetColumn
{
    /// <summary>What a column is that has no list in a row.</summary>
    public const int NoList = -1;

    /// <summary>Name of the column.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it names what a row is of, and is no list.</summary>
    public abstract bool IsKey { get; }

    /// <summary>Reads it in a row group.</summary>
    public abstract void Read(ParquetRowGroupReader group);

    /// <summary>Items of the list of a row; <see cref="NoList"/> where the row has none, or the column no lists.</summary>
    public abstract int CountOf(int row);

    /// <summary>Gives an item of the list of a row to who asked for it.</summary>
    public abstract void Push(int row, int item);

    /// <summary>Gives the cell of a row to who asked for it.</summary>
    public abstract void Push(int row);

    /// <summary>Whether a column is of a type that is read.</summary>
    public static bool IsRead(DataField field) => (field.MaxRepetitionLevel == 0 || IsList(field))
        && (field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(ReadOnlyMemory<byte>)
            || Type.GetTypeCode(field.ClrType) is >= TypeCode.Boolean and <= TypeCode.Decimal and not TypeCode.Char);

    /// <summary>Whether a column has a list of plain items in each row.</summary>
    public static bool IsList(DataField field) => field.MaxRepetitionLevel == 1 && field.Path.Length <= ListDepth;

    /// <summary>Its name: of lists that of the whole, not of an item.</summary>
    public static string NameOf(DataField field) =>
        IsList(field) ? field.Path.FirstPart! : field.Path.ToString();

    /// <summary>A column of a type that is read.</summary>
    /// <param name="field">The column.</param>
    /// <param name="to">Who asked for it.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="takesLists">Whether each row is a set: then lists are read.</param>
    /// <exception cref="InvalidDataException">It holds lists that are not read, or neither numbers nor texts.</exception>
    public static ParquetColumn Create(DataField field, PointColumn to, string file, bool takesLists)
    {
        if (field.MaxRepetitionLevel > 0 && !(takesLists && IsList(field)))
            throw new InvalidDataException(
                $"{file}, column '{PrintableText.Create(to.Name)}': holds lists; expected a number or a text a row, a " +
                    "row a point, or plain lists in the columns of coordinates too, a row a set.");
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
                $"{file}, column '{PrintableText.Create(to.Name)}': is of type {field.ClrType.Name}; expected numbers or " +
                    "texts."),
        };
    }

    /// <summary>Parts of a list's path: its name, the repeated part and the item.</summary>
    private const int ListDepth = 3;

    // A name may have more digits than a double.
    private static void AddWhole(long value, PointColumn to)
    {
        if (to is not KeyCell || Math.Abs((double)value) < 1L << 53) to.Add((double)value);
        else to.Add(value.ToString(CultureInfo.InvariantCulture).AsSpan());
    }

    private sealed class Cells<T>(DataField field, PointColumn to, Action<T, PointColumn> add) : ParquetColumn
        where T : struct
    {
        private readonly bool _isList = IsList(field);
        private T[] _values = [];
        private T?[] _optional = [];
        private int[] _starts = []; // of each row's list in the values
        private int[] _counts = [];

        public override string Name => to.Name;

        public override bool IsKey => to is KeyCell && !_isList;

        public override void Read(ParquetRowGroupReader group)
        {
            var rows = (int)group.RowCount;
            if (_isList) ReadLists(group, rows);
            else if (field.IsNullable)
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

        public override int CountOf(int row) => _isList ? _counts[row] : NoList;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Push(int row)
        {
            if (_isList) to.AddMissing(); // there is no list where others have some
            else if (!field.IsNullable) add(_values[row], to);
            else if (_optional[row] is { } value) add(value, to);
            else to.AddMissing();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Push(int row, int item)
        {
            if (_optional[_starts[row] + item] is { } value) add(value, to);
            else to.AddMissing();
        }

        /// <summary>Definition levels count how much of row, list and item is there; repetition level 0 begins a row.</summary>
        private void ReadLists(ParquetRowGroupReader group, int rows)
        {
            if (_starts.Length < rows) (_starts, _counts) = (new int[rows], new int[rows]);
            using var raw = Raw(group, field).GetAwaiter().GetResult();
            var values = raw.Values;
            var defined = raw.DefinitionLevels;
            var repeated = raw.RepetitionLevels;
            if (_optional.Length < defined.Length) _optional = new T?[defined.Length];
            var itemLevel = field.MaxDefinitionLevel - (field.IsNullable ? 1 : 0);
            var (row, item, value) = (-1, 0, 0);
            for (var i = 0; i < defined.Length; i++)
            {
                if (repeated[i] == 0)
                {
                    row++;
                    _starts[row] = item;
                    _counts[row] = defined[i] < itemLevel - 1 ? NoList : 0;
                }

                if (defined[i] < itemLevel) continue;
                _optional[item++] = defined[i] == field.MaxDefinitionLevel ? values[value++] : null;
                _counts[row]++;
            }

            if (row + 1 != rows) throw new InvalidDataException($"column '{to.Name}' has {row + 1} rows of {rows}");
        }

        private static async Task<RawColumnData<T>> Raw(ParquetRowGroupReader group, DataField field) =>
            (RawColumnData<T>)await group.ReadRawColumnDataBaseAsync(field).ConfigureAwait(false);
    }
}
