using PureHDF;
using PureHDF.VOL.Native;

namespace LieConv.Datasets.Readers;

/// <summary>The arrays of an HDF5 file, by name; those in groups as "group/array". Serves one thread.</summary>
internal sealed class Hdf5File : IDisposable
{
    // Groups may hold one another.
    private const int MostDepth = 8;
    private const int MostArrays = 10_000;
    private readonly NativeFile _file;

    private Hdf5File(string path, NativeFile file)
    {
        (Path, _file) = (path, file);
        Length = new FileInfo(path).Length;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Its arrays of numbers or texts, in the order of their names.</summary>
    public IReadOnlyList<Hdf5Array> Arrays { get; private set; } = [];

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or is no HDF5 file: one sentence.</exception>
    public static Hdf5File Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DataFile.Read(path, RequireMark(path));
        NativeFile? native = null;
        try
        {
            native = H5File.OpenRead(path);
            var file = new Hdf5File(path, native);
            var arrays = new List<Hdf5Array>();
            file.Collect(native, "", 0, arrays);
            arrays.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            file.Arrays = arrays;
            return file;
        }
        catch (Exception damage)
        {
            // The library meets damage as whatever it runs into: ends of streams, indices, missing parts.
            native?.Dispose();
            throw new InvalidDataException($"{path}: the HDF5 file is damaged or cut short.", damage);
        }
    }

    /// <summary>The array of a name, or null.</summary>
    public Hdf5Array? TryFind(string name) => Arrays.FirstOrDefault(array => array.Name == name);

    /// <summary>The array of a name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public Hdf5Array Find(string name) => TryFind(name) ?? throw new InvalidDataException(
        $"{Path}: has no array '{name}'; it has {Listed()}.");

    /// <summary>The arrays with their shapes, for messages.</summary>
    public string Listed() => Arrays.Count == 0 ? "no arrays" : string.Join(", ", Arrays.Take(12).Select(
        array => $"{PrintableText.Create(array.Name)} ({string.Join(" x ", array.Shape)})"));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // The mark may also stand at 512, 1024, ... after a block of the user's; all tools write it first.
    private static Func<Stream, bool> RequireMark(string path) => stream =>
    {
        var start = new byte[8];
        var got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return got == start.Length && start is [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a]
            ? true
            : throw new InvalidDataException($"{path}: is no HDF5 file: its first bytes are not the format's mark.");
    };

    private void Collect(NativeGroup group, string prefix, int depth, List<Hdf5Array> arrays)
    {
        foreach (var child in group.Children())
        {
            if (arrays.Count >= MostArrays) return;
            if (child is NativeDataset dataset)
            {
                if (Hdf5Array.TryCreate(this, prefix + child.Name, dataset) is { } array) arrays.Add(array);
            }
            else if (child is NativeGroup inner && depth < MostDepth)
            {
                Collect(inner, $"{prefix}{child.Name}/", depth + 1, arrays);
            }
        }
    }
}
