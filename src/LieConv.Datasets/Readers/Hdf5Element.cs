using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using static System.Buffers.Binary.BinaryPrimitives;

namespace LieConv.Datasets.Readers;

/// <summary>The type of an HDF5 array's elements: how its bytes become numbers.</summary>
/// <param name="Size">Bytes of an element.</param>
/// <param name="IsFloat">Floating point; else a whole number.</param>
/// <param name="IsSigned">Whether a whole number may be negative.</param>
internal readonly record struct Hdf5Element(int Size, bool IsFloat, bool IsSigned)
{
    /// <summary>The type, or null where it is none of numbers that are read here.</summary>
    public static Hdf5Element? TryFind(IH5DataType type) => type.Class switch
    {
        H5DataTypeClass.FloatingPoint when type.Size is 2 or 4 or 8 => new Hdf5Element(type.Size, true, true),
        H5DataTypeClass.FixedPoint when type.Size is 1 or 2 or 4 or 8 =>
            new Hdf5Element(type.Size, false, type.FixedPoint.IsSigned),
        // Truth values of Python are an enumeration of FALSE and TRUE.
        H5DataTypeClass.Enumerated when type.Size == 1 => new Hdf5Element(1, false, true),
        _ => null,
    };

    /// <summary>Reads a block through the library, which knows the order of bytes.</summary>
    public double[] Read(NativeDataset dataset, Selection block) => (Size, IsFloat, IsSigned) switch
    {
        (2, true, _) => Convert(dataset.Read<Half[]>(block), value => (double)value),
        (4, true, _) => Convert(dataset.Read<float[]>(block), value => value),
        (8, true, _) => dataset.Read<double[]>(block),
        (1, _, false) => Convert(dataset.Read<byte[]>(block), value => value),
        (1, _, true) => Convert(dataset.Read<sbyte[]>(block), value => value),
        (2, _, false) => Convert(dataset.Read<ushort[]>(block), value => value),
        (2, _, true) => Convert(dataset.Read<short[]>(block), value => value),
        (4, _, false) => Convert(dataset.Read<uint[]>(block), value => value),
        (4, _, true) => Convert(dataset.Read<int[]>(block), value => value),
        (_, _, false) => Convert(dataset.Read<ulong[]>(block), value => value),
        _ => Convert(dataset.Read<long[]>(block), value => value),
    };

    /// <summary>Turns bytes into numbers.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, bool bigEndian, Span<double> to)
    {
        if (this is { Size: 4, IsFloat: true } && !bigEndian)
        {
            var singles = MemoryMarshal.Cast<byte, float>(bytes);
            for (var i = 0; i < to.Length; i++) to[i] = singles[i];
            return;
        }

        for (var i = 0; i < to.Length; i++) to[i] = Decode(bytes.Slice(i * Size, Size), bigEndian);
    }

    private double Decode(ReadOnlySpan<byte> bytes, bool big) => (Size, IsFloat, IsSigned) switch
    {
        (2, true, _) => (double)(big ? ReadHalfBigEndian(bytes) : ReadHalfLittleEndian(bytes)),
        (4, true, _) => big ? ReadSingleBigEndian(bytes) : ReadSingleLittleEndian(bytes),
        (8, true, _) => big ? ReadDoubleBigEndian(bytes) : ReadDoubleLittleEndian(bytes),
        (1, _, false) => bytes[0],
        (1, _, true) => (sbyte)bytes[0],
        (2, _, false) => big ? ReadUInt16BigEndian(bytes) : ReadUInt16LittleEndian(bytes),
        (2, _, true) => big ? ReadInt16BigEndian(bytes) : ReadInt16LittleEndian(bytes),
        (4, _, false) => big ? ReadUInt32BigEndian(bytes) : ReadUInt32LittleEndian(bytes),
        (4, _, true) => big ? ReadInt32BigEndian(bytes) : ReadInt32LittleEndian(bytes),
        (_, _, false) => big ? ReadUInt64BigEndian(bytes) : ReadUInt64LittleEndian(bytes),
        _ => big ? ReadInt64BigEndian(bytes) : ReadInt64LittleEndian(bytes),
    };

    private static double[] Convert<T>(T[] values, Converter<T, double> convert) => Array.ConvertAll(values, convert);
}
