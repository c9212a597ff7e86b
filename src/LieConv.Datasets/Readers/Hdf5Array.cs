using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace LieConv.Datasets.Readers;

/// <summary>An array of numbers or texts in an HDF5 file, read a block of rows at a time.</summary>
internal sealed class Hdf5Array
{
    private const int BlockNumbers = 1 << 20;
    private const int MostBlockNumbers = 1 << 27;
    private const int MostKept = 1 << 26;

    // Deflate packs 1,032 bytes into one at best, so that a file of this length cannot hold more.
    private const long MostPacking = 1032;
    private const long AlwaysBytes = 1 << 24;
    private readonly Hdf5File _file;
    private readonly NativeDataset _dataset;
    private readonly Hdf5Element? _element;
    private readonly Hdf5Chunks? _chunks;
    private double[]? _kept;

    private Hdf5Array(Hdf5File file, string name, NativeDataset dataset, Hdf5Element? element)
    {
        (_file, Name, _dataset, _element) = (file, name, dataset, element);
        Shape = Array.ConvertAll(dataset.Space.Dimensions, extent => checked((long)extent));
        var chunkRows = 1L;
        if (element is { } type && Shape.Length > 0 && dataset.Layout.Class == H5DataLayoutClass.Chunked)
        {
            var chunk = Array.ConvertAll(dataset.Layout.Chunks, extent => checked((long)extent));
            if (chunk.Length != Shape.Length || chunk.Any(extent => extent < 1))
                throw new InvalidDataException("chunks do not fit the array");
            _chunks = new Hdf5Chunks(dataset, type, Shape, chunk);
            chunkRows = chunk[0];
        }

        var fit = Math.Max(1, BlockNumbers / Math.Max(1, RowSize));
        BlockRows = (int)Math.Max(1, Math.Min(
            fit > chunkRows ? fit / chunkRows * chunkRows : chunkRows, MostBlockNumbers / Math.Max(1, RowSize)));
    }

    /// <summary>Name, with the groups that it is in.</summary>
    public string Name { get; }

    /// <summary>Extents; empty for a single number.</summary>
    public long[] Shape { get; }

    /// <summary>Whether its elements are texts.</summary>
    public bool IsText => _element is null;

    /// <summary>Extent of the first axis.</summary>
    public long Rows => Shape.Length == 0 ? 1 : Shape[0];

    /// <summary>Elements of a row: the product of the other extents.</summary>
    public long RowSize => Shape.Skip(1).Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Rows that are best read at once: whole chunks, about a million numbers.</summary>
    public int BlockRows { get; }

    /// <summary>The array, or null where its elements are neither numbers nor texts.</summary>
    public static Hdf5Array? TryCreate(Hdf5File file, string name, NativeDataset dataset)
    {
        var type = dataset.Type;
        var element = Hdf5Element.TryFind(type);
        return element is null && type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength)
            ? null
            : new Hdf5Array(file, name, dataset, element);
    }

    /// <summary>Reads rows as numbers, row-major.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="InvalidDataException">They are damaged, or texts.</exception>
    public double[] Read(long first, int count)
    {
        if (_element is not { } element)
            throw new InvalidDataException($"{_file.Path}: array '{Name}' holds texts; expected numbers.");
        RequireRows(first, count, element.Size);
        if (count == 0 || RowSize == 0) return [];
        return Guarded(() =>
        {
            if (_chunks is null) return ReadWhole(element, first, count);
            var numbers = new double[count * RowSize];
            _chunks.Read(first, count, numbers);
            return numbers;
        });
    }

    /// <summary>Reads rows as texts, row-major.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="InvalidDataException">They are damaged, or numbers.</exception>
    public string[] ReadTexts(long first, int count)
    {
        if (!IsText) throw new InvalidDataException($"{_file.Path}: array '{Name}' holds numbers; expected texts.");
        RequireRows(first, count, 1);
        return count == 0 ? [] : Guarded(() => _dataset.Read<string[]>(Block(first, count)));
    }

    // Blocks of arrays without chunks are copied by the library one last axis after the other; the whole at once.
    private double[] ReadWhole(Hdf5Element element, long first, int count)
    {
        if (Rows * RowSize > MostKept) return element.Read(_dataset, Block(first, count));
        _kept ??= element.Read(_dataset, new AllSelection());
        return _kept.AsSpan((int)(first * RowSize), (int)(count * RowSize)).ToArray();
    }

    private void RequireRows(long first, int count, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Rows);
        var all = (double)Rows * RowSize * bytes;
        if (all > Math.Max(AlwaysBytes, (double)_file.Length * MostPacking) || count * RowSize > MostBlockNumbers)
            throw new InvalidDataException(
                $"{_file.Path}: array '{Name}' of {string.Join(" x ", Shape)} is more than the file can hold.");
    }

    private Selection Block(long first, int count)
    {
        if (Shape.Length == 0) return new AllSelection();
        var starts = new ulong[Shape.Length];
        var extents = Array.ConvertAll(Shape, extent => (ulong)extent);
        (starts[0], extents[0]) = ((ulong)first, (ulong)count);
        return new HyperslabSelection(Shape.Length, starts, extents);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage.Message.StartsWith("Could not find filter", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{_file.Path}: array '{Name}' is packed by a filter that is not read " +
                "here; expected none, gzip or shuffle.", damage);
        }
        catch (Exception damage)
        {
            // As in Hdf5File.Open: damage shows as whatever the library runs into.
            throw new InvalidDataException($"{_file.Path}: array '{Name}' is damaged or cut short.", damage);
        }
    }
}
