namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>Columns and faults of .ply files.</summary>
public sealed class PlyFileTests
{
    private const string Cloud = "ply\nformat ascii 1.0\nelement vertex 2\nproperty float nx\nproperty float y\n" +
        "property float x\nproperty uchar label\nend_header\n";

    [Fact]
    public void Read_ExtraProperties_AreColumnsAfterTheCoordinates()
    {
        var shape = ShapeTexts.Read(".ply", Cloud + "9 2 1 5\n8 4 3 nan\n");
        Assert.Equal(["x", "y", "nx", "label"], shape.Columns);
        Assert.Equal(2, shape.Dimensions);
        Assert.Equal([1, 2, 9, 5, 3, 4, 8, double.NaN], shape.Rows.ToArray());
        Assert.Equal(0, shape.TriangleCount);
        Assert.Equal(["x", "y", "z", "red"], ShapeTexts.Read(".ply", ShapeTexts.PlyBinary(big: true)).Columns);
    }

    [Theory]
    [InlineData("plx\n", "shape.ply: is no .ply file: its first line is not 'ply'.")]
    [InlineData("ply\nformat ascii 1.0\n",
        "shape.ply, line 3: expected a line of the header, but the file ends before end_header.")]
    [InlineData("ply\nformat ascii 2.0\n", "shape.ply, line 2: expected format, element, property, comment or " +
        "end_header, not 'format ascii 2.0'.")]
    [InlineData("ply\nelement vertex 1\nproperty float x\nproperty float y\nend_header\n1 1\n",
        "shape.ply: has no format line; expected 'format ascii 1.0' or a binary one.")]
    [InlineData("ply\nformat ascii 1.0\nelement face 0\nproperty list uchar int vertex_index\nend_header\n",
        "shape.ply: has no element vertex; expected one with x, y and z.")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float a\nend_header\n1\n",
        "shape.ply: element vertex has no x and y; expected x, y and z.")]
    [InlineData(Cloud + "9 2 1 5\n", "shape.ply, line 10: expected vertex 2, but the text ends here.")]
    [InlineData(Cloud + "9 2 1 5\n8 4 3\n", "shape.ply, line 10 (vertex 2): expected more numbers in the line.")]
    [InlineData(Cloud + "9 2 1 5\n8 4 b 1\n", "shape.ply, line 10 (vertex 2): expected a number, not 'b'.")]
    [InlineData(Cloud + "9 2 1 5\n8 4 3 1 1\n",
        "shape.ply, line 10 (vertex 2): expected the end of the line, not '1'.")]
    [InlineData(Cloud + "9 2 1 5\n8 inf 3 1\n",
        "shape.ply, line 10 (vertex 2): expected y as a finite number, not Infinity.")]
    [InlineData(Cloud + "9 2 1 5\n8 4 3 1\n1 1 1 1\n",
        "shape.ply, line 11: expected the end after the elements that the header promises.")]
    public void Read_FaultsOfText_AreOneSentence(string text, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".ply", text));

    [Theory]
    [InlineData("4 0 1 2 3\n3 0 1 4", "2 0 1\n3 0 1 4",
        "shape.ply, line 16 (face 1): expected a face of at least 3 corners, not 2.")]
    [InlineData("3 0 1 4", "3 0 1 5", "shape.ply, line 17 (face 2): expected corners from 0 to 4, not 5.")]
    [InlineData("3 0 1 4", "3 0 1.5 4", "shape.ply, line 17 (face 2): expected corners as whole numbers.")]
    [InlineData("3 0 1 4", "-3 0 1 4",
        "shape.ply, line 17 (face 2): expected the length of vertex_indices as a whole number from 0.")]
    [InlineData("element vertex 5", "element vertex 50000",
        "shape.ply: the header promises 50000 of vertex, more than the 58 bytes that are left can hold.")]
    public void Read_FaultsOfFaces_AreOneSentence(string right, string wrong, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".ply", ShapeTexts.PlyText.Replace(right, wrong)));

    [Fact]
    public void Read_FaultsOfBinaries_NameTheElement()
    {
        var whole = ShapeTexts.PlyBinary(big: false);
        Assert.Equal($"shape.ply: ends after {whole.Length - 3} bytes, inside face 2; expected 4 bytes more.",
            ShapeTexts.Fault(".ply", whole[..^3]));
        Assert.Equal("shape.ply: goes on for 2 bytes after the elements that its header promises; expected the end.",
            ShapeTexts.Fault(".ply", [.. whole, 1, 2]));
        var short1 = whole[..(whole.AsSpan().IndexOf("end_header\n"u8) + 40)];
        Assert.Equal("shape.ply: the header promises 5 of vertex, of at least 18 bytes each; 29 bytes are left.",
            ShapeTexts.Fault(".ply", short1));
    }
}
