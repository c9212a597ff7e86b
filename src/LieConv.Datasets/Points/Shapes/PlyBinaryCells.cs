using static System.Buffers.Binary.BinaryPrimitives;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>The numbers of a binary .ply file.</summary>
/// <param name="content">The file.</param>
/// <param name="start">Bytes of the header.</param>
/// <param name="big">Whether the highest byte comes first.</param>
/// <param name="name">The file's name, for messages.</param>
internal sealed class PlyBinaryCells(byte[] content, int start, bool big, string name) : PlyCells
{
    private int _at = start;
    private string _kind = "";
    private long _number;

    /// <inheritdoc/>
    public override void Begin(string kind, long number) => (_kind, _number) = (kind, number);

    /// <inheritdoc/>
    public override double Next(PlyType type)
    {
        var size = PlyProperty.SizeOf(type);
        if (content.Length - _at < size)
            throw new InvalidDataException(
                $"{name}: ends after {content.Length} bytes, inside {_kind} {_number}; expected {size} bytes more.");
        var bytes = content.AsSpan(_at, size);
        _at += size;
        return type switch
        {
            PlyType.Int8 => (sbyte)bytes[0],
            PlyType.UInt8 => bytes[0],
            PlyType.Int16 => big ? ReadInt16BigEndian(bytes) : ReadInt16LittleEndian(bytes),
            PlyType.UInt16 => big ? ReadUInt16BigEndian(bytes) : ReadUInt16LittleEndian(bytes),
            PlyType.Int32 => big ? ReadInt32BigEndian(bytes) : ReadInt32LittleEndian(bytes),
            PlyType.UInt32 => big ? ReadUInt32BigEndian(bytes) : ReadUInt32LittleEndian(bytes),
            PlyType.Float32 => big ? ReadSingleBigEndian(bytes) : ReadSingleLittleEndian(bytes),
            _ => big ? ReadDoubleBigEndian(bytes) : ReadDoubleLittleEndian(bytes),
        };
    }

    /// <inheritdoc/>
    public override void End()
    {
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        // Some writers close with an end of line.
        if (content.AsSpan(_at).IndexOfAnyExcept("\r\n"u8) >= 0)
            throw new InvalidDataException($"{name}: goes on for {content.Length - _at} bytes after the elements " +
                "that its header promises; expected the end.");
    }

    /// <inheritdoc/>
    public override void Expect(PlyElement element)
    {
        var least = element.Properties.Sum(property => property.LeastBytes);
        if (element.Count > 0 && element.Count > (content.Length - _at) / least)
            throw new InvalidDataException($"{name}: the header promises {element.Count} of {element.Name}, of at " +
                $"least {least} bytes each; {content.Length - _at} bytes are left.");
    }

    /// <inheritdoc/>
    public override InvalidDataException Fault(string what) => new($"{name}, {_kind} {_number}: {what}.");
}
