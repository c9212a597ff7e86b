using System.Buffers.Binary;
using System.IO.Compression;
using ICSharpCode.SharpZipLib.GZip;

namespace LieConv.Datasets.Readers;

/// <summary>
/// What gzip data unpack to, and a fault where they are cut short: the system's own stream then simply ends, and a text
/// that ends with a whole line would have lost the rest without a word.
/// </summary>
/// <param name="file">The data; stays the caller's.</param>
/// <param name="name">Stands for them in messages.</param>
internal sealed class WholeGzipStream(Stream file, string name) : ForwardStream
{
    private const int TrailerLength = 8;

    private readonly long _start = file.CanSeek ? file.Position : 0;
    private readonly GZipStream _content = new(file, CompressionMode.Decompress, leaveOpen: true);
    private long _read;
    private bool _isWhole;

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
        var got = _content.Read(buffer);
        _read += got;
        // A reader sees by itself that there is nothing at all.
        if (got > 0 || buffer.IsEmpty || _read == 0 || _isWhole || !file.CanSeek) return got;
        RequireWhole();
        _isWhole = true;
        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// The last four bytes of the format (RFC 1952) are the length of what came last. That is all, where one
    /// compression made the file; where it is not, several may have been put one after another, and a reader that minds
    /// ends goes through all.
    /// </summary>
    private void RequireWhole()
    {
        var end = file.Position;
        try
        {
            if (file.Length - _start >= TrailerLength && LengthAtEnd() == (uint)_read) return;
            file.Position = _start;
            using var careful = new GZipInputStream(new BufferedStream(file, 1 << 16)) { IsStreamOwner = false };
            var buffer = new byte[1 << 16];
            while (careful.Read(buffer, 0, buffer.Length) > 0)
            {
            }
        }
        catch (Exception fault) when (fault is ICSharpCode.SharpZipLib.SharpZipBaseException or EndOfStreamException)
        {
            throw UnpackedStream.Own($"{name}: the gzip data are damaged or cut short.", fault);
        }
        finally
        {
            file.Position = end;
        }
    }

    private uint LengthAtEnd()
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - sizeof(uint);
        file.ReadExactly(length);
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }
}
