using ICSharpCode.SharpZipLib.BZip2;

namespace LieConv.Datasets.Readers;

/// <summary>
/// The content of a bzip2 file. Parallel compressors write several bzip2 streams one after another, which the
/// package's own reader ends after the first of.
/// </summary>
internal sealed class Bzip2Stream(Stream file) : ForwardStream
{
    /// <summary>Streams without content, each of which takes the memory of a block; compressors write none.</summary>
    private const int MostEmptyParts = 100;

    // The package reads byte by byte.
    private readonly BufferedStream _source = new(file, 1 << 20);
    private BZip2InputStream? _part;
    private int _emptyParts;
    private bool _hasContent;

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0) return 0;
        while (true)
        {
            if (_part is null)
            {
                if (AtEnd()) return 0;
                _part = new BZip2InputStream(_source) { IsStreamOwner = false };
                _hasContent = false;
            }

            var got = _part.Read(buffer, offset, count);
            if (got > 0)
            {
                _hasContent = true;
                return got;
            }

            _part = null;
            if (!_hasContent && ++_emptyParts > MostEmptyParts)
                throw new EndOfStreamException($"it has more than {MostEmptyParts} empty bzip2 streams");
        }
    }

    private bool AtEnd()
    {
        if (_source.ReadByte() < 0) return true;
        _source.Position--;
        return false;
    }
}
