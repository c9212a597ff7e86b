using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>The content of a file that may be text or binary, plain or gzip.</summary>
internal static class ShapeBytes
{
    private const int ProbeBytes = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or is too long: one sentence.</exception>
    public static byte[] Read(string path) => DataFile.Read(path, file =>
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!isGzip) return Rest(file, path, file.Length);
        using var gzip = UnpackedStream.OfGzip(file, path);
        try
        {
            return Rest(gzip, path, ProbeBytes);
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException
            && damage.Source?.StartsWith("System.", StringComparison.Ordinal) == true)
        {
            throw new InvalidDataException($"{path}: the gzip data are damaged or cut short.", damage);
        }
    });

    private static byte[] Rest(Stream stream, string path, long length)
    {
        if (length > Array.MaxLength)
            throw new InvalidDataException($"{path}: has {length} bytes; expected at most {Array.MaxLength}.");
        using var content = new MemoryStream((int)length);
        stream.CopyTo(content);
        return content.TryGetBuffer(out var buffer) && buffer.Count == content.Capacity
            ? content.GetBuffer()
            : content.ToArray();
    }
}
