using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Format;

/// <summary>One array of NumPy's .npy format (versions 1 to 3): little endian, C order, float, int64 or bool.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents; empty for a scalar.</param>
/// <param name="Data">Elements, little endian.</param>
public sealed partial record NpyArray(ScalarType Type, long[] Shape, byte[] Data)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array; any fault is an <see cref="InvalidDataException"/> that names the source.</summary>
    public static NpyArray Parse(byte[] bytes, string source)
    {
        if (bytes.Length < 10 || !bytes.AsSpan(0, 6).SequenceEqual(Magic))
            throw new InvalidDataException($"{source} is not a .npy array: its first bytes are not the format's mark.");
        var wide = bytes[6] >= 2;
        var start = wide ? 12 : 10;
        if (bytes[6] is < 1 or > 3 || bytes.Length < start)
            throw new InvalidDataException($"{source} has .npy version {bytes[6]}; expected 1, 2 or 3.");
        var length = wide
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8))
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        if (start + (long)length > bytes.Length)
            throw new InvalidDataException($"{source} ends inside its header of {length} bytes.");
        var header = Encoding.Latin1.GetString(bytes, start, (int)length);
        if (!ColumnOrder().IsMatch(header))
            throw new InvalidDataException($"{source} is not in C order, the only order read here: {header.Trim()}");
        var (type, size) = ElementType(header, source);
        var shape = ParseShape(header, source);
        var data = bytes[(start + (int)length)..];
        if (ByteCount(shape, size) is var expected && expected != data.Length)
            throw new InvalidDataException($"{source} holds {data.Length} bytes of data; its shape needs {expected}.");
        return new NpyArray(type, shape, data);
    }

    /// <summary>A fresh tensor; floating arrays in the given type, others in their own.</summary>
    public Tensor ToTensor(ScalarType floating)
    {
        var tensor = empty(Shape, dtype: Type);
        if (Data.Length > 0) tensor.bytes = Data;
        return Type is ScalarType.Float32 or ScalarType.Float64 ? tensor.to_type(floating) : tensor;
    }

    private static (ScalarType Type, int Size) ElementType(string header, string source)
    {
        var name = Descriptor().Match(header).Groups[1].Value;
        return name switch
        {
            "<f4" => (ScalarType.Float32, 4),
            "<f8" => (ScalarType.Float64, 8),
            "<i8" => (ScalarType.Int64, 8),
            "|b1" => (ScalarType.Bool, 1),
            _ => throw new InvalidDataException($"{source} has element type '{name}'; expected <f4, <f8, <i8 or |b1."),
        };
    }

    private static long[] ParseShape(string header, string source)
    {
        var match = ShapeTuple().Match(header);
        if (!match.Success) throw new InvalidDataException($"{source} has no shape in its header: {header.Trim()}");
        var extents = match.Groups[1].Value.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new long[extents.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            if (!long.TryParse(extents[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new InvalidDataException($"{source} has the extent '{extents[i]}' in its shape; expected a number.");
        }
        return shape;
    }

    private static long ByteCount(long[] shape, int size)
    {
        // A forged shape can overflow; no real array comes near the bound.
        var count = (Int128)size;
        foreach (var extent in shape) count = Int128.Min(count * extent, long.MaxValue);
        return (long)count;
    }

    [GeneratedRegex("'fortran_order'\\s*:\\s*False")]
    private static partial Regex ColumnOrder();

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex Descriptor();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapeTuple();
}
