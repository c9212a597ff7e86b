namespace LieConv.Datasets.Readers;

/// <summary>
/// What compressed data unpack to, as long as that is in proportion. Numbers and texts of this library's formats
/// shrink to a third or a tenth; a small file that unpacks to gigabytes of the same byte is none of them, and is
/// refused before it fills the memory.
/// </summary>
/// <param name="content">Unpacks.</param>
/// <param name="packed">Bytes of the compressed data.</param>
/// <param name="name">Stands for them in messages.</param>
internal sealed class UnpackedStream(Stream content, long packed, string name) : ForwardStream
{
    /// <summary>So much is never too much.</summary>
    internal const long AlwaysBytes = 1 << 24;

    /// <summary>Beyond <see cref="AlwaysBytes"/>, how many times the compressed length is in proportion.</summary>
    internal const long Factor = 20;

    private long _read;

    /// <summary>What the gzip data in a stream that can seek unpack to, from its position on.</summary>
    public static UnpackedStream OfGzip(Stream file, string name) => new(
        new WholeGzipStream(file, name), file.CanSeek ? file.Length : 0, name);

    /// <summary>Most bytes that compressed data of some length may unpack to.</summary>
    public static long Most(long packed) => Math.Max(AlwaysBytes, packed * Factor);

    /// <summary>The refusal of data that unpack, or claim to, to more.</summary>
    public static InvalidDataException TooLarge(string name, long packed) => Own(FormattableString.Invariant(
        $"{name}: unpacks to more than {Most(packed)} bytes from {packed}; expected at most {Factor} times as many."));

    /// <summary>
    /// A fault that a stream throws. Readers tell damage that the system finds by its source, and its own loops call
    /// streams: where the compiler has put the stream's code into such a loop, the source would be the loop's.
    /// </summary>
    public static InvalidDataException Own(string message, Exception? cause = null) =>
        new(message, cause) { Source = "LieConv.Datasets" };

    /// <inheritdoc/>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var got = content.Read(buffer);
        _read += got;
        return _read <= Most(packed) ? got : throw TooLarge(name, packed);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }
}
