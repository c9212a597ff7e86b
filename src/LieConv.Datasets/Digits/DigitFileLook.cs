using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LieConv.Datasets.Digits;

/// <summary>A quick look at the first bytes and the length of a file of digits.</summary>
internal static class DigitFileLook
{
    private const int AmatColumns = DigitImages.Size + 1;
    private const int AmatBytes = 64 * 1024;                     // more than a line of the official files

    /// <summary>What is wrong with an idx file of bytes, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">Dimensions that it must have.</param>
    public static string? Idx(string path, int dimensions) => Problem(path, content =>
    {
        // Big-endian: 0, 0, type (8 = unsigned byte), number of dimensions, then the dimensions.
        var header = new byte[4 + 4 * dimensions];
        if (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            return "ends within the header";
        if (BinaryPrimitives.ReadInt32BigEndian(header) != (8 << 8 | dimensions))
            return $"is no idx{dimensions} file of bytes";
        if (!content.CanSeek) return null;
        var size = 1L;
        for (var i = 0; i < dimensions; i++) size *= BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
        return content.Length == header.Length + size
            ? null
            : FormattableString.Invariant($"has {content.Length} bytes, not {header.Length + size}");
    });

    /// <summary>What is wrong with the first line of RotMNIST's text.</summary>
    public static string? Amat(string path) => Problem(path, content =>
    {
        var bytes = new byte[AmatBytes];
        var line = bytes.AsSpan(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var end = line.IndexOf((byte)'\n');
        var text = Encoding.ASCII.GetString(end < 0 ? line : line[..end]);
        var columns = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return columns == AmatColumns
            ? null
            : FormattableString.Invariant($"has {columns} numbers in its first line, not {AmatColumns}");
    });

    private static string? Problem(string path, Func<Stream, string?> look)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionMode.Decompress) : file;
            return look(content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return failure.Message;
        }
    }
}
