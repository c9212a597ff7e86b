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
        var (descriptor, shape, rest) = ReadHeader(file, length, name);
        if (IsText(descriptor)) throw NotRead(descriptor, name);
        check?.Invoke(shape);
        if (rest > Array.MaxLength)
            throw new InvalidDataException($"{name}: has {rest} bytes of data, more than can be read.");
        var data = new byte[rest];
        var got = Take(file, data);
        return got == rest
            ? new NpyFile(descriptor, shape, data)
            : throw new InvalidDataException($"{name}: ends after {got} of {rest} bytes of data.");
    }

    /// <summary>Reads what comes before the elements, which then must fill the rest of the file.</summary>
    /// <returns>Element type, extents and bytes of the elements.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or of a type or order that is not read here.</exception>
    public static (string Descriptor, long[] Shape, long DataBytes) ReadHeader(Stream file, long length, string name)
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
        return (descriptor, shape, rest);
    }

    private static int Take(Stream file, Span<byte> bytes) =>
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

    private static void RequireLength(NpyFile array, long actual, string name)
    {
        var shape = string.Join(", ", array.Shape);
        long expected;
        try
        {
            expected = checked(array.Count * ElementSize(array.Descriptor, name));
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"{name}: has an impossible shape ({shape}).");
        }

        if (expected != actual)
            throw new InvalidDataException(
                $"{name}: has {actual} bytes of data; its shape ({shape}) needs {expected}.");
    }

    /// <summary>The elements as doubles.</summary>
    /// <exception cref="InvalidDataException">They are texts.</exception>
    public double[] ToDoubles()
    {
        var values = new double[Data.Length / ElementSize(Descriptor, "the array")];
        ToDoubles(Descriptor, Data, values);
        return values;
    }

    /// <summary>Elements of a type as doubles.</summary>
    /// <param name="descriptor">The type.</param>
    /// <param name="data">Bytes of the elements.</param>
    /// <param name="values">Takes as many numbers.</param>
    public static void ToDoubles(string descriptor, ReadOnlySpan<byte> data, Span<double> values)
    {
        switch (descriptor)
        {
            case "<f8": data.CopyTo(MemoryMarshal.AsBytes(values)); break;
            case "<f4": Convert<float>(data, values, value => value); break;
            case "<f2": Convert<Half>(data, values, value => (double)value); break;
            case "<i8": Convert<long>(data, values, value => value); break;
            case "<i4": Convert<int>(data, values, value => value); break;
            case "<i2": Convert<short>(data, values, value => value); break;
            case "<u8": Convert<ulong>(data, values, value => value); break;
            case "<u4": Convert<uint>(data, values, value => value); break;
            case "<u2": Convert<ushort>(data, values, value => value); break;
            case "|i1": Convert<sbyte>(data, values, value => value); break;
            default: Convert<byte>(data, values, value => value); break;
        }
    }

    /// <summary>Whether elements of a type are texts: UTF-32 of a fixed length (&lt;U5), or bytes (|S5).</summary>
    public static bool IsText(string descriptor) => TextPart().IsMatch(descriptor);

    /// <summary>A text element without the zeros that fill it up.</summary>
    public static string ToText(string descriptor, ReadOnlySpan<byte> element) =>
        (descriptor[0] == '<' ? Encoding.UTF32.GetString(element) : Encoding.UTF8.GetString(element)).TrimEnd('\0');

    private static void Convert<T>(ReadOnlySpan<byte> data, Span<double> values, Func<T, double> convert)
        where T : unmanaged
    {
        var elements = MemoryMarshal.Cast<byte, T>(data);
        for (var i = 0; i < values.Length; i++) values[i] = convert(elements[i]);
    }

    /// <summary>Bytes of an element.</summary>
    /// <exception cref="InvalidDataException">The type is not read here.</exception>
    public static int ElementSize(string descriptor, string name) => descriptor switch
    {
        "<f8" or "<i8" or "<u8" => 8,
        "<f4" or "<i4" or "<u4" => 4,
        "<i2" or "<u2" or "<f2" => 2,
        "|u1" or "|i1" or "|b1" => 1,
        _ when IsText(descriptor) => (descriptor[0] == '<' ? 4 : 1)
            * int.Parse(descriptor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture),
        _ => throw NotRead(descriptor, name),
    };

    private static InvalidDataException NotRead(string descriptor, string name) => new(
        $"{name}: has elements of type '{PrintableText.Create(descriptor)}'; expected <f8, <f4, <i8, <i4, <i2, |i1 or |u1.");

    private static (string Descriptor, long[] Shape) ParseHeader(string header, string name)
    {
        var (descriptor, shape) = (DescriptorPart().Match(header), ShapePart().Match(header));
        if (!descriptor.Success || !shape.Success)
            throw new InvalidDataException($"{name}: has no type or no shape in its header: {PrintableText.Create(header.Trim())}");
        if (!ColumnOrder().IsMatch(header)) throw new InvalidDataException($"{name}: is not in C order.");
        var extents = new List<long>();
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Length == 0) continue;
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var extent))
                throw new InvalidDataException($"{name}: has a shape that cannot be read: ({PrintableText.Create(shape.Groups[1].Value)}).");
            extents.Add(extent);
        }

        return (descriptor.Groups[1].Value, [.. extents]);
    }

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex DescriptorPart();

    [GeneratedRegex("^(?:<U|\\|S)[0-9]{1,6}$")]
    private static partial Regex TextPart();

    [GeneratedRegex("'shape':\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapePart();

    [GeneratedRegex("'fortran_order':\\s*False")]
    private static partial Regex ColumnOrder();
}
