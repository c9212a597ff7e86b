namespace LieConv.Datasets.Readers;

/// <summary>A stream whose first bytes were taken from it and come first again.</summary>
/// <param name="start">The bytes.</param>
/// <param name="rest">The stream, which stays the caller's.</param>
internal sealed class PrecededStream(ReadOnlyMemory<byte> start, Stream rest) : ForwardStream
{
    private ReadOnlyMemory<byte> _start = start;

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_start.IsEmpty) return rest.Read(buffer);
        var some = Math.Min(buffer.Length, _start.Length);
        _start.Span[..some].CopyTo(buffer);
        _start = _start[some..];
        return some;
    }
}
