using System.Buffers.Binary;
using System.Text;
using LieConv.Datasets.Points.Shapes;

namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>One small mesh, a unit square in two triangles and a quadrangle above it, in every format.</summary>
internal static class ShapeTexts
{
    public static readonly double[] Vertices = [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0.5, 0.5, -2.5e-1];

    public static readonly int[] Triangles = [0, 1, 2, 0, 2, 3, 0, 1, 4];

    public const string Off = "OFF\n5 2 0\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n0.5 0.5 -2.5e-1\n4 0 1 2 3\n3 0 1 4 255 0 0\n";

    public const string Obj = "# by hand\nmtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0 1.0\nv 0 1 0\nvn 0 0 1\nvt 0 0\n" +
        "v 0.5 0.5 -2.5e-1\ng top\nusemtl red\nf 1/1/1 2/1/1 3//1 4\nf -5 -4 -1\n";

    public const string PlyText = "ply\nformat ascii 1.0\ncomment by hand\nelement vertex 5\nproperty float x\n" +
        "property float y\nproperty float z\nelement face 2\nproperty list uchar int vertex_indices\nend_header\n" +
        "0 0 0\n1 0 0\n1 1 0\n0 1 0\n0.5 0.5 -2.5e-1\n4 0 1 2 3\n3 0 1 4\n";

    public const string StlText = "solid square\nfacet normal 0 0 1\nouter loop\n" +
        "vertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0\nendloop\nendfacet\nfacet normal 0 0 1\nouter loop\n" +
        "vertex 0 0 0\nvertex 1 1 0\nvertex 0 1 0\nendloop\nendfacet\n" +
        "  FACET NORMAL 0 0 1\n  outer loop\n  vertex 0 0 0\n  vertex 1 0 0\n  vertex 0.5 0.5 -2.5e-1\n  endloop\n" +
        "  endfacet\nendsolid square\n";

    public const string Xyz = "0 0 0\n1 0 0\n1 1 0\n0 1 0\n0.5 0.5 -2.5e-1\n";

    /// <summary>The mesh as binary .ply.</summary>
    public static byte[] PlyBinary(bool big)
    {
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes($"ply\nformat binary_{(big ? "big" : "little")}_endian 1.0\n" +
            "element vertex 5\nproperty double z\nproperty float x\nproperty list uchar short neighbours\n" +
            "property float y\nproperty uchar red\nelement edge 1\nproperty int vertex1\nproperty int vertex2\n" +
            "element face 2\nproperty uchar quality\nproperty list int uint vertex_index\nend_header\n"));
        for (var i = 0; i < 5; i++)
        {
            Number(file, big, BitConverter.GetBytes(Vertices[3 * i + 2]));
            Number(file, big, BitConverter.GetBytes((float)Vertices[3 * i]));
            file.WriteByte((byte)i);
            for (short k = 0; k < i; k++) Number(file, big, BitConverter.GetBytes(k));
            Number(file, big, BitConverter.GetBytes((float)Vertices[3 * i + 1]));
            file.WriteByte((byte)(50 * i));
        }

        foreach (var vertex in new[] { 0, 1 }) Number(file, big, BitConverter.GetBytes(vertex));
        foreach (var face in new int[][] { [0, 1, 2, 3], [0, 1, 4] })
        {
            file.WriteByte(7);
            Number(file, big, BitConverter.GetBytes(face.Length));
            foreach (var corner in face) Number(file, big, BitConverter.GetBytes((uint)corner));
        }

        return file.ToArray();
    }

    /// <summary>The mesh as binary .stl, whose text begins as that of the other kind.</summary>
    public static byte[] StlBinary()
    {
        var file = new byte[84 + 50 * Triangles.Length / 3];
        "solid but binary"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(80), Triangles.Length / 3);
        for (var i = 0; i < Triangles.Length; i++)
            for (var axis = 0; axis < 3; axis++)
                BinaryPrimitives.WriteSingleLittleEndian(
                    file.AsSpan(84 + 50 * (i / 3) + 12 + 12 * (i % 3) + 4 * axis),
                    (float)Vertices[3 * Triangles[i] + axis]);
        return file;
    }

    /// <summary>Reads bytes as a file of an ending.</summary>
    public static Shape Read(string extension, byte[] content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("shape" + extension);
        File.WriteAllBytes(path, content);
        return ShapeFile.Read(path);
    }

    /// <summary>Reads text as a file of an ending.</summary>
    public static Shape Read(string extension, string text) => Read(extension, Encoding.UTF8.GetBytes(text));

    /// <summary>The sentence about a text that cannot be read, without the folder.</summary>
    public static string Fault(string extension, string text) => Fault(extension, Encoding.UTF8.GetBytes(text));

    /// <summary>The sentence about a content that cannot be read, without the folder.</summary>
    public static string Fault(string extension, byte[] content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("shape" + extension);
        File.WriteAllBytes(path, content);
        return Assert.Throws<InvalidDataException>(() => ShapeFile.Read(path)).Message
            .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    private static void Number(Stream file, bool big, byte[] bytes)
    {
        if (big) Array.Reverse(bytes);
        file.Write(bytes);
    }
}
