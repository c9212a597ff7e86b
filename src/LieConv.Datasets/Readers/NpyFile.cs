using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace LieConv.Datasets.Readers;

/// <summary>One array of NumPy's .npy format (versions 1 to 3), little endian, in C order.</summary>
/// <param name="Descriptor">Element type as the file names it, for example &lt;f8.</param>
/// <param name="Shape">Extents; empty for a scalar.</param>
/// <param name="Data">The elements' bytes.</param>
internal sealed partial record NpyFile(string Descriptor, long[] Shape, byte[] Data)
{
    private const int PrefixLength = 10;

    /// <summary>A description of type, order and shape takes a hundred.</summary>
    private const int MostHeaderBytes = 1 << 14;

    private static ReadOnlySpan<byte> Mark => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Reads an array of numbers. No memory is taken for the elements before their type and shape fit the
    /// length of the file and what is asked for.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="length">Bytes of the whole file.</param>
    /// <param name="name">Stands for it in messages.</param>
    /// <param name="check">Refuses shapes that the array cannot have, by throwing.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a type or order that is not read here.</exception>
    public static NpyFile Read(Stream file, long length, string name, Action<long[]>? check = null)
    {
        var prefix = new byte[PrefixLength + 2];
        if (length < PrefixLength || Take(file, prefix.AsSpan(0, PrefixLength)) < PrefixLength
            || !prefix.AsSpan().StartsWith(Mark))
            throw new InvalidDataException($"{name}: is no .npy array: its first bytes are not the format's mark.");
        if (prefix[6] is < 1 or > 3)
            throw new InvalidDataException($"{name}: has .npy version {prefix[6]}; expected 1, 2 or 3.");
        var start = prefix[6] == 1 ? PrefixLength : PrefixLength + 2;
        if (Take(file, prefix.AsSpan(PrefixLength, start - PrefixLength)) < start - PrefixLength)
            throw new InvalidDataException($"{name}: ends inside its header.");
        var headerLength = prefix[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(prefix.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(8));
        var rest = length - start - headerLength;
        if (rest < 0) throw new InvalidDataException($"{name}: ends inside its header.");
        if (headerLength > MostHeaderBytes)
            throw new InvalidDataException(
                $"{name}: has a header of {headerLength} bytes; expected at most {MostHeaderBytes}.");
        var header = new byte[headerLength];
        if (Take(file, header) < headerLength) throw new InvalidDataException($"{name}: ends inside its header.");
        var (descriptor, shape) = ParseHeader(Encoding.Latin1.GetString(header), name);
        RequireLength(new NpyFile(descriptor, shape, []), rest, name);
        check?.Invoke(shape);
        var data = new byte[rest];
        var got = Take(file, data);
        return got == rest
            ? new NpyFile(descriptor, shape, data)
            : throw new InvalidDataException($"{name}: ends after {got} of {rest} bytes of data.");
    }

    private static int Take(Stream file, Span<byte> bytes) =>
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

    private static void RequireLength(NpyFile array, long actual, string name)
    {
        var shape = string.Join(", ", array.Shape);
        long expected;
        try
        {
            expected = checked(array.Count * array.Size(name));
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"{name}: has an impossible shape ({shape}).");
        }

        if (expected != actual)
            throw new InvalidDataException(
                $"{name}: has {actual} bytes of data; its shape ({shape}) needs {expected}.");
        if (actual > Array.MaxLength)
            throw new InvalidDataException($"{name}: has {actual} bytes of data, more than can be read.");
    }

    /// <summary>The elements as doubles.</summary>
    public double[] ToDoubles() => Descriptor switch
    {
        "<f8" => Elements<double>().ToArray(),
        "<f4" => Convert(Elements<float>(), value => value),
        "<i8" => Convert(Elements<long>(), value => value),
        "<i4" => Convert(Elements<int>(), value => value),
        "<i2" => Convert(Elements<short>(), value => value),
        "|i1" => Convert(Elements<sbyte>(), value => value),
        _ => Convert<byte>(Data, value => value),
    };

    private ReadOnlySpan<T> Elements<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data);

    private static double[] Convert<T>(ReadOnlySpan<T> elements, Func<T, double> convert)
    {
        var values = new double[elements.Length];
        for (var i = 0; i < values.Length; i++) values[i] = convert(elements[i]);
        return values;
    }

    private int Size(string name) => Descriptor switch
    {
        "<f8" or "<i8" => 8,
        "<f4" or "<i4" => 4,
        "<i2" => 2,
        "|u1" or "|i1" or "|b1" => 1,
        _ => throw new InvalidDataException(
            $"{name}: has elements of type '{PrintableText.Of(Descriptor)}'; expected <f8, <f4, <i8, <i4, <i2, |i1 or |u1."),
    };

    private static (string Descriptor, long[] Shape) ParseHeader(string header, string name)
    {
        var (descriptor, shape) = (DescriptorPart().Match(header), ShapePart().Match(header));
        if (!descriptor.Success || !shape.Success)
            throw new InvalidDataException($"{name}: has no type or no shape in its header: {PrintableText.Of(header.Trim())}");
        if (!ColumnOrder().IsMatch(header)) throw new InvalidDataException($"{name}: is not in C order.");
        var extents = new List<long>();
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Length == 0) continue;
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var extent))
                throw new InvalidDataException($"{name}: has a shape that cannot be read: ({PrintableText.Of(shape.Groups[1].Value)}).");
            extents.Add(extent);
        }

        return (descriptor.Groups[1].Value, [.. extents]);
    }

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex DescriptorPart();

    [GeneratedRegex("'shape':\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapePart();

    [GeneratedRegex("'fortran_order':\\s*False")]
    private static partial Regex ColumnOrder();
}
