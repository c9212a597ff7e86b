namespace LieConv.Datasets.Readers;

/// <summary>
/// Lines of a byte stream without a string for each: a line is a view of the buffer, valid until the next call. Ends
/// of lines may be LF or CR LF; a byte order mark is obeyed.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="name">Stands for it in messages.</param>
/// <param name="mostBytes">Longest line; the buffer grows as lines need it.</param>
internal sealed class LineReader(Stream stream, string name, int mostBytes = LineReader.UsualBytes)
{
    // A line of 785 numbers with 13 digits is 12 kB; one that does not end within 64 kB is not of such a format.
    private const int UsualBytes = 1 << 16;

    private readonly Stream _text = TextFile.Decoded(stream);
    private byte[] _buffer = new byte[UsualBytes];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The line does not fit the buffer.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var text = _buffer.AsSpan(_start, _end - _start);
            var length = text.IndexOf((byte)'\n');
            if (length >= 0 || (_ended && text.Length > 0))
            {
                line = (length >= 0 ? text[..length] : text).TrimEnd((byte)'\r');
                _start += length >= 0 ? length + 1 : text.Length;
                Number++;
                return true;
            }

            line = default;
            if (_ended) return false;
            Refill(text);
        }
    }

    private void Refill(ReadOnlySpan<byte> rest)
    {
        var buffer = _buffer;
        if (rest.Length == _buffer.Length)
        {
            if (rest.Length >= mostBytes)
                throw new InvalidDataException($"{name}, line {Number + 1}: is longer than {_buffer.Length} bytes.");
            buffer = new byte[(int)Math.Min(mostBytes, 2L * _buffer.Length)];
        }

        rest.CopyTo(buffer);
        _buffer = buffer;
        (_start, _end) = (0, rest.Length);
        var got = _text.Read(_buffer, _end, _buffer.Length - _end);
        _end += got;
        _ended = got == 0;
    }
}
