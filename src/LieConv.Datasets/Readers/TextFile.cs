using System.Text;

namespace LieConv.Datasets.Readers;

/// <summary>
/// Texts as UTF-8, whatever encoding their byte order mark declares: the mark itself is no part of any format, and the
/// readers work on bytes.
/// </summary>
internal static class TextFile
{
    /// <summary>Longest text that is read at once.</summary>
    private const long MostBytes = 1 << 30;

    private const int ProbeBytes = 1 << 12;
    private const int MostBytesOfPiece = 1 << 24;

    // Longer marks first: that of UTF-16 begins that of UTF-32.
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>Reads a text, plain or gzip.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, is no text or too long: one sentence.</exception>
    public static byte[] Read(string path) => DataFile.Read(path, stream => Read(stream, path));

    /// <summary>Reads a text, plain or gzip, from a stream; <paramref name="name"/> stands for it in
    /// messages.</summary>
    /// <param name="stream">The stream, at its start.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mostBytes">Longest text.</param>
    public static byte[] Read(Stream stream, string name, long mostBytes = MostBytes)
    {
        var start = new byte[ProbeBytes];
        var got = stream.ReadAtLeast(start, ProbeBytes, throwOnEndOfStream: false);
        var probe = start.AsSpan(0, got);
        if (stream.CanSeek && got > 1 && probe[0] == 0x1f && probe[1] == 0x8b)
        {
            stream.Position = 0;
            using var unpacked = UnpackedStream.OfGzip(stream, name);
            try
            {
                return Read(unpacked, name, mostBytes);
            }
            catch (Exception damage) when (IsOfSystem(damage) && damage is InvalidDataException or IOException)
            {
                throw new InvalidDataException($"{name}: the gzip data are damaged or cut short.", damage);
            }
        }

        RequireText(probe, name);
        var bytes = Rest(stream, probe, name, mostBytes);
        return Decoded(bytes);
    }

    /// <summary>Opens a text, plain or gzip, to be read from its start to its end as UTF-8 without a mark, never all at
    /// once.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads from the open text.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is empty, damaged or no text: one
    /// sentence.</exception>
    public static T ReadStream<T>(string path, Func<Stream, T> read) => DataFile.Read(path, file =>
    {
        if (file.Length == 0) throw new InvalidDataException($"{path}: the file is empty.");
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using var unpacked = isGzip ? UnpackedStream.OfGzip(file, path) : null;
        try
        {
            var content = unpacked ?? file;
            var start = new byte[ProbeBytes];
            var got = content.ReadAtLeast(start, ProbeBytes, throwOnEndOfStream: false);
            RequireText(start.AsSpan(0, got), path);
            return read(Decoded(new PrecededStream(start.AsMemory(0, got), content)));
        }
        catch (Exception damage) when (isGzip && IsOfSystem(damage) && damage is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"{path}: the gzip data are damaged or cut short.", damage);
        }
    });

    /// <summary>A text as UTF-8 without a mark.</summary>
    public static byte[] Decoded(byte[] text) =>
        EncodingOf(text) is not var (mark, encoding) ? text
        : encoding is UTF8Encoding ? text[mark..]
        : Encoding.Convert(encoding, Encoding.UTF8, text, mark, text.Length - mark);

    /// <summary>The bytes of a text stream as UTF-8 without a mark, without holding them all.</summary>
    public static Stream Decoded(Stream stream)
    {
        var start = new byte[4];
        var got = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        var found = EncodingOf(start.AsSpan(0, got));
        var mark = found?.Mark ?? 0;
        var whole = new PrecededStream(start.AsMemory(mark, got - mark), stream);
        return found is not var (_, encoding) || encoding is UTF8Encoding
            ? whole
            : Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(false), leaveOpen: true);
    }

    private static (int Mark, Encoding Encoding)? EncodingOf(ReadOnlySpan<byte> start)
    {
        foreach (var (mark, encoding) in Marks)
            if (start.StartsWith(mark)) return (mark.Length, encoding);
        return null;
    }

    private static void RequireText(ReadOnlySpan<byte> probe, string name)
    {
        if (EncodingOf(probe) is null && probe.Contains((byte)0))
            throw new InvalidDataException(
                $"{name}: is no text: byte {probe.IndexOf((byte)0) + 1} is 0; expected UTF-8, or a byte order mark.");
    }

    private static byte[] Rest(Stream stream, ReadOnlySpan<byte> start, string name, long mostBytes)
    {
        // In pieces, each as long as all before: a refusal has taken no more memory than what was read.
        var (pieces, length) = (new List<byte[]> { start.ToArray() }, (long)start.Length);
        while (true)
        {
            var piece = new byte[Math.Clamp(length, ProbeBytes, MostBytesOfPiece)];
            var got = stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            length += got;
            if (length > mostBytes)
                throw new InvalidDataException(
                    $"{name}: has more than {mostBytes} bytes of text; expected at most so many in one file.");
            pieces.Add(got == piece.Length ? piece : piece[..got]);
            if (got < piece.Length) break;
        }

        var text = new byte[length];
        var place = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(text, place);
            place += piece.Length;
        }

        return text;
    }

    private static bool IsOfSystem(Exception fault) =>
        fault.Source?.StartsWith("System.", StringComparison.Ordinal) == true;
}
