using System.Buffers.Binary;

namespace LieConv.Datasets.Readers;

/// <summary>
/// Reader of idx files, the format of MNIST: two zero bytes, the type (8: unsigned byte), the number of dimensions,
/// each size as four bytes with the highest first, then the data. Plain or gzip, told apart by their first bytes.
/// </summary>
public static class IdxFile
{
    /// <summary>Type code of unsigned bytes, the only one MNIST uses.</summary>
    internal const byte UnsignedByte = 0x08;

    // Memory is taken as the data come, not as the header promises.
    private const int Portion = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="dimensions">How many dimensions it must have.</param>
    /// <exception cref="InvalidDataException">It cannot be read or is not a whole idx file of that kind.</exception>
    public static IdxArray Read(string path, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return DataFile.Read(path, file => Read(file, path, dimensions));
    }

    /// <summary>Reads from a stream that can seek; <paramref name="name"/> stands for it in messages.</summary>
    internal static IdxArray Read(Stream file, string name, int dimensions)
    {
        if (file.Length == 0) throw new InvalidDataException($"{name}: the file is empty.");
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!isGzip) return Parse(file, name, dimensions, file.Length);
        using var gzip = UnpackedStream.OfGzip(file, name);
        return Parse(gzip, name, dimensions, UnpackedStream.Most(file.Length));
    }

    private static IdxArray Parse(Stream stream, string name, int dimensions, long mostBytes)
    {
        var header = new byte[4 + 4 * dimensions];
        var got = Fill(stream, header, name);
        if (got >= 4) RequireMagic(header, name, dimensions);
        if (got < header.Length)
            throw new InvalidDataException($"{name}: ends inside the header, after {got} of {header.Length} bytes.");

        var shape = new int[dimensions];
        var length = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i));
            if (size is 0 or > int.MaxValue)
                throw new InvalidDataException($"{name}: size {i + 1} must be from 1 to {int.MaxValue}, not {size}.");
            shape[i] = (int)size;
            length = Math.Min(length * size, long.MaxValue / uint.MaxValue); // no overflow in the next product
        }

        var described = string.Join(" x ", shape);
        if (length > Math.Min(mostBytes, Array.MaxLength))
            throw new InvalidDataException(
                $"{name}: the header promises {described} bytes, more than the file can hold.");

        var data = Array.Empty<byte>();
        for (got = 0; got < length;)
        {
            // Never much more than what has come already: a promise alone takes no memory.
            var next = (int)Math.Min(length, Math.Max(Portion, 2L * got));
            Array.Resize(ref data, next);
            got += Fill(stream, data.AsSpan(got), name);
            if (got < next)
                throw new InvalidDataException(
                    $"{name}: ends after {got} of the {length} bytes that its header promises.");
        }

        if (Fill(stream, new byte[1], name) > 0)
            throw new InvalidDataException($"{name}: goes on after the {described} bytes that its header promises.");
        return new IdxArray(shape, data);
    }

    // Damage inside gzip data shows only while reading, as one of several exceptions with messages about zlib.
    private static int Fill(Stream stream, Span<byte> buffer, string name)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (
            stream is UnpackedStream && fault is InvalidDataException or IOException
            && fault.Source?.StartsWith("System.", StringComparison.Ordinal) == true)
        {
            throw new InvalidDataException($"{name}: the gzip data are damaged or cut short.", fault);
        }
    }

    private static void RequireMagic(ReadOnlySpan<byte> header, string name, int dimensions)
    {
        if (header[0] == 0 && header[1] == 0 && header[2] == UnsignedByte && header[3] == dimensions) return;
        throw new InvalidDataException($"{name}: must start with the bytes 00 00 08 {dimensions:X2} (idx, unsigned " +
            $"bytes, {dimensions} dimensions), not {header[0]:X2} {header[1]:X2} {header[2]:X2} {header[3]:X2}.");
    }
}
