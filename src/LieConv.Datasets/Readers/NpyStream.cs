namespace LieConv.Datasets.Readers;

/// <summary>The elements of an array of NumPy's .npy format, some at a time, in C order.</summary>
internal sealed class NpyStream : ArrayStream
{
    private readonly Stream _stream;
    private readonly int _elementBytes;
    private byte[] _buffer = [];

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The array, from its start; closed with this.</param>
    /// <param name="length">Bytes of the whole array with its header.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a type or order that is not read here.</exception>
    public NpyStream(Stream stream, long length, string name)
    {
        (_stream, Name) = (stream, name);
        (Descriptor, Shape, _) = NpyFile.ReadHeader(stream, length, name);
        _elementBytes = NpyFile.ElementSize(Descriptor, name);
    }

    /// <summary>What stands for the array in messages.</summary>
    public string Name { get; }

    /// <summary>Element type as NumPy names it.</summary>
    public string Descriptor { get; }

    /// <inheritdoc/>
    public override long[] Shape { get; }

    /// <inheritdoc/>
    public override bool IsText => NpyFile.IsText(Descriptor);

    /// <inheritdoc/>
    public override void Read(Span<double> numbers) => NpyFile.ToDoubles(Descriptor, Take(numbers.Length), numbers);

    /// <inheritdoc/>
    public override void Read(Span<string> texts)
    {
        var bytes = Take(texts.Length);
        for (var i = 0; i < texts.Length; i++)
            texts[i] = NpyFile.ToText(Descriptor, bytes.Slice(i * _elementBytes, _elementBytes));
    }

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private ReadOnlySpan<byte> Take(int count)
    {
        var length = checked(count * _elementBytes);
        if (_buffer.Length < length) _buffer = new byte[length];
        var bytes = _buffer.AsSpan(0, length);
        try
        {
            if (_stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length)
                throw new InvalidDataException($"{Name}: ends before the last of its elements.");
        }
        catch (Exception damage) when (
            damage is InvalidDataException or IOException
            && damage.Source?.StartsWith("System.", StringComparison.Ordinal) == true)
        {
            throw new InvalidDataException($"{Name}: is damaged: {damage.Message}", damage);
        }

        return bytes;
    }
}
