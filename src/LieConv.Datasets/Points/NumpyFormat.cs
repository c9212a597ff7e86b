using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>
/// NumPy's .npy (one set (n, D), or sets of one size (b, n, D)) and .npz: padded arrays (b, n, ...) with a mask or
/// sizes, or rows of all sets one after another (N, ...) with offsets or sizes. See <see cref="NumpyArrays"/> for the
/// names.
/// </summary>
internal sealed class NumpyFormat : PointFormat
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => [".npy", ".npz"];

    /// <inheritdoc/>
    public override bool ReadsGzip => false;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink)
    {
        if (file.Path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            NpzFile.Read(file.Path, archive => Read(file, sink, archive.Names, archive.Open));
        else
            DataFile.Read(file.Path, stream => stream.Length == 0
                ? throw new InvalidDataException($"{file.Name}: the file is empty.")
                : Read(file, sink, [NumpyArrays.Alone],
                    _ => new NpyStream(new BufferedStream(stream, 1 << 16), stream.Length, file.Name)));
    }

    private static bool Read(PointFile file, PointSink sink, IEnumerable<string> names, Func<string, ArrayStream> open)
    {
        using var arrays = new NumpyArrays(file, [.. names], open);
        arrays.Read(sink);
        return true;
    }
}
