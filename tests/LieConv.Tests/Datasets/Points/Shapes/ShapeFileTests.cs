using System.IO.Compression;
using System.Text;
using LieConv.Datasets.Points.Shapes;

namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>The same mesh from every format.</summary>
public sealed class ShapeFileTests
{
    public static TheoryData<string, byte[]> Meshes => new()
    {
        { ".off", Encoding.ASCII.GetBytes(ShapeTexts.Off) },
        { ".obj", Encoding.ASCII.GetBytes(ShapeTexts.Obj) },
        { ".ply", Encoding.ASCII.GetBytes(ShapeTexts.PlyText) },
        { ".ply", ShapeTexts.PlyBinary(big: false) },
        { ".ply", ShapeTexts.PlyBinary(big: true) },
        { ".stl", Encoding.ASCII.GetBytes(ShapeTexts.StlText) },
        { ".stl", ShapeTexts.StlBinary() },
    };

    [Theory]
    [MemberData(nameof(Meshes))]
    public void Read_MeshOfEveryFormat_HasTheVerticesAndTriangles(string extension, byte[] content)
    {
        var shape = ShapeTexts.Read(extension, content);
        Assert.Equal(["x", "y", "z"], shape.Columns.Take(3));
        Assert.Equal(3, shape.Dimensions);
        Assert.Equal(5, shape.Count);
        Assert.Equal(3, shape.TriangleCount);
        Assert.Equal(ShapeTexts.Triangles, shape.Triangles.ToArray());
        var width = shape.Columns.Count;
        for (var i = 0; i < ShapeTexts.Vertices.Length; i++)
            Assert.Equal(ShapeTexts.Vertices[i], shape.Rows[i / 3 * width + i % 3]);
    }

    /// <summary>Every beginning of a file gives points or one sentence, never anything else.</summary>
    [Theory]
    [MemberData(nameof(Meshes))]
    public void Read_EveryPrefix_IsPointsOrASentence(string extension, byte[] content)
    {
        for (var length = 0; length < content.Length; length++) ReadOrRefuse(extension, content[..length]);
    }

    [Theory]
    [MemberData(nameof(Meshes))]
    public void Read_DamagedBytes_IsPointsOrASentence(string extension, byte[] content)
    {
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var damaged = (byte[])content.Clone();
            for (var k = 0; k <= random.Next(3); k++)
                damaged[random.Next(damaged.Length)] =
                    (byte)(i % 2 == 0 ? random.Next(256) : " -19.#fv\n"[random.Next(9)]);
            ReadOrRefuse(extension, damaged);
        }
    }

    [Fact]
    public void Read_PointTexts_EveryPrefixIsPointsOrASentence()
    {
        var content = Encoding.ASCII.GetBytes("5\n# x y z label\n" + ShapeTexts.Xyz.Replace("\n", " 1\n"));
        for (var length = 0; length < content.Length; length++) ReadOrRefuse(".pts", content[..length]);
    }

    [Fact]
    public void Read_Gzip_IsUnpacked()
    {
        using var folder = new TemporaryFolder();
        foreach (var extension in new[] { ".off", ".stl" })
        {
            var content = extension == ".off" ? Encoding.ASCII.GetBytes(ShapeTexts.Off) : ShapeTexts.StlBinary();
            var path = folder.At("packed" + extension + ".gz");
            using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest)) packed.Write(content);
            Assert.Equal(5, ShapeFile.Read(path).Count);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => ShapeFile.Read(path)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_UnknownEndingOrMissingFile_SaysSo()
    {
        Assert.Equal("a.gltf: has no known ending; expected one of .off, .ply, .obj, .stl, .xyz, .pts.",
            Assert.Throws<InvalidDataException>(() => ShapeFile.Read("a.gltf")).Message);
        var missing = Assert.Throws<InvalidDataException>(() => ShapeFile.Read("/nowhere/a.off")).Message;
        Assert.StartsWith("/nowhere/a.off: cannot be read", missing, StringComparison.Ordinal);
    }

    private static void ReadOrRefuse(string extension, byte[] content)
    {
        try
        {
            var shape = extension switch
            {
                ".off" => OffFile.Parse(content, "f"),
                ".obj" => ObjFile.Parse(content, "f"),
                ".ply" => PlyFile.Parse(content, "f"),
                ".stl" => StlFile.Parse(content, "f"),
                _ => PointTextFile.Parse(content, "f"),
            };
            Assert.True(shape.Count > 0);
            foreach (var corner in shape.Triangles) Assert.InRange(corner, 0, shape.Count - 1);
        }
        catch (InvalidDataException fault)
        {
            Assert.StartsWith("f", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
        }
    }
}
