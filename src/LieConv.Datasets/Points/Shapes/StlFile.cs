using System.Buffers.Binary;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points.Shapes;

/// <summary>
/// Reads .stl meshes, binary (80 bytes of any text, the number of triangles, 50 bytes for each) and text (solid, facet,
/// vertex). Vertices that are equal become one.
/// </summary>
internal static class StlFile
{
    private const int HeaderBytes = 84;
    private const int TriangleBytes = 50;
    private const int ProbeBytes = 512;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the line or the triangle.</exception>
    public static Shape Read(string path) => Parse(ShapeBytes.Read(path), path);

    /// <summary>Reads a content; <paramref name="name"/> stands for it in messages.</summary>
    public static Shape Parse(byte[] content, string name)
    {
        ReadOnlySpan<byte> bytes = content;
        if (bytes.IsEmpty) throw new InvalidDataException($"{name}: the file is empty.");
        var promised = bytes.Length < HeaderBytes ? -1L : BinaryPrimitives.ReadUInt32LittleEndian(bytes[80..]);
        if (promised >= 0 && bytes.Length == HeaderBytes + TriangleBytes * promised) return Binary(bytes, name);

        // Binary files may begin with "solid" too; a text has no zero bytes.
        var text = TextFile.Decoded(content);
        if (text.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("solid"u8)
            && !text.AsSpan(0, Math.Min(text.Length, ProbeBytes)).Contains((byte)0)) return StlText.Parse(text, name);
        throw new InvalidDataException(promised < 0
            ? $"{name}: has {bytes.Length} bytes; expected an STL file: 'solid' or at least {HeaderBytes} bytes."
            : $"{name}: has {bytes.Length} bytes; expected {HeaderBytes + TriangleBytes * promised} for the " +
                $"{promised} triangles that bytes 81 to 84 promise.");
    }

    private static Shape Binary(ReadOnlySpan<byte> bytes, string name)
    {
        var vertices = new StlVertices(name);
        var triangles = (bytes.Length - HeaderBytes) / TriangleBytes;
        for (var i = 0; i < triangles; i++)
        {
            // The first 12 bytes are the normal, which follows from the corners.
            var corners = bytes.Slice(HeaderBytes + i * TriangleBytes + 12, 36);
            for (var k = 0; k < 3; k++)
                if (vertices.Add(Single(corners, 3 * k), Single(corners, 3 * k + 1), Single(corners, 3 * k + 2))
                    is { } fault)
                    throw new InvalidDataException($"{name}, triangle {i + 1} of {triangles}: {fault}.");
        }

        return vertices.Build();
    }

    private static double Single(ReadOnlySpan<byte> numbers, int index) =>
        BinaryPrimitives.ReadSingleLittleEndian(numbers[(4 * index)..]);
}
