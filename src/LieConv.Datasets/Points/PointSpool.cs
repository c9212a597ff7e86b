using System.Runtime.InteropServices;

namespace LieConv.Datasets.Points;

/// <summary>
/// Rows in the order they come, in a temporary file, so that memory holds one portion only. A portion is all its cells
/// column after column, then the number of the set of each row.
/// </summary>
internal sealed class PointSpool : IDisposable
{
    /// <summary>Rows of a portion.</summary>
    public const int Portion = 1 << 13;

    private readonly FileStream _file;
    private readonly double[] _cells;
    private readonly int[] _sets = new int[Portion];
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly bool[] _single;
    private int _rows;

    /// <summary>Begins.</summary>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="folder">Folder for the temporary file.</param>
    public PointSpool(int columns, string folder)
    {
        Columns = columns;
        _cells = new double[Math.Max(1, columns) * Portion];
        _single = [.. Enumerable.Repeat(true, columns)];
        _file = new FileStream(Path.Combine(folder, PointCache.TemporaryName("rows")), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
    }

    /// <summary>Cells of a row.</summary>
    public int Columns { get; }

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Sets that occur in each portion, from the first to the last number.</summary>
    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    /// <summary>Whether all numbers of a column are the same in single precision.</summary>
    public bool IsSingle(int column) => _single[column];

    /// <summary>Puts a cell of the row at hand.</summary>
    public void Put(int column, double value) => _cells[column * Portion + _rows] = value;

    /// <summary>What was put there.</summary>
    public double Get(int column) => _cells[column * Portion + _rows];

    /// <summary>Ends the row at hand.</summary>
    /// <param name="set">Number of its set.</param>
    public void Commit(int set)
    {
        _sets[_rows++] = set;
        Count++;
        if (_rows == Portion) Flush();
    }

    /// <summary>Writes what is left. Rows may be read from now on, and none added.</summary>
    public void Complete()
    {
        if (_rows > 0) Flush();
    }

    /// <summary>Reads a portion.</summary>
    /// <param name="portion">Its number.</param>
    /// <param name="cells">Column c from c times <see cref="Portion"/> on.</param>
    /// <param name="sets">Set of each row.</param>
    /// <returns>Number of rows.</returns>
    public int Read(int portion, double[] cells, int[] sets)
    {
        var place = portion * PortionBytes;
        ReadExactly(MemoryMarshal.AsBytes(cells.AsSpan(0, _cells.Length)), place);
        ReadExactly(MemoryMarshal.AsBytes(sets.AsSpan(0, Portion)), place + _cells.Length * sizeof(double));
        return (int)Math.Min(Portion, Count - (long)portion * Portion);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private long PortionBytes => (long)_cells.Length * sizeof(double) + Portion * sizeof(int);

    private void Flush()
    {
        var (first, last) = (int.MaxValue, -1);
        foreach (var set in _sets.AsSpan(0, _rows)) (first, last) = (Math.Min(first, set), Math.Max(last, set));
        _ranges.Add((first, last));
        for (var c = 0; c < Columns; c++)
            if (_single[c]) _single[c] = AreSingle(_cells.AsSpan(c * Portion, _rows));
        try
        {
            _file.Write(MemoryMarshal.AsBytes(_cells.AsSpan()));
            _file.Write(MemoryMarshal.AsBytes(_sets.AsSpan()));
        }
        catch (IOException full) // while a source is read, which is not what failed
        {
            throw new InvalidDataException($"{Path.GetDirectoryName(_file.Name)}: cannot take the points that are " +
                $"read: {full.Message.Split(" : '")[0].TrimEnd('.')}.", full);
        }

        _rows = 0;
    }

    // What is missing is NaN, which either precision has.
    private static bool AreSingle(ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
            if ((double)(float)number != number && !double.IsNaN(number)) return false;
        return true;
    }

    private void ReadExactly(Span<byte> bytes, long place)
    {
        for (var got = 0; got < bytes.Length;)
        {
            var some = RandomAccess.Read(_file.SafeFileHandle, bytes[got..], place + got);
            if (some == 0) throw new IOException("The temporary file of the points was cut short.");
            got += some;
        }
    }
}
