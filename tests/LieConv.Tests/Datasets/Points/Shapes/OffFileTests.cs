using LieConv.Datasets.Points.Shapes;

namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>Headers and faults of .off files.</summary>
public sealed class OffFileTests
{
    private const string Rest = "0 0 0\n1 0 0\n1 1 0\n3 0 1 2\n";

    [Theory]
    [InlineData("OFF\n3 1 0\n")]
    [InlineData("OFF\r\n3 1 0\r\n")]
    [InlineData("OFF3 1 0\n")]
    [InlineData("OFF 3 1 0\n")]
    [InlineData("# made by hand\nOFF # header\n\n# counts\n3 1\n\n")]
    [InlineData("\ufeffOFF\n3 1 0\n")]
    public void Read_HeadersAsTheyAreFound_GiveTheSame(string header)
    {
        var shape = ShapeTexts.Read(".off", header + Rest);
        Assert.Equal([0, 0, 0, 1, 0, 0, 1, 1, 0], shape.Rows.ToArray());
        Assert.Equal([0, 1, 2], shape.Triangles.ToArray());
    }

    /// <summary>A mesh of ModelNet40: its own second line tells the counts.</summary>
    [Fact]
    public void Read_MeshOfModelNet_HasItsCounts()
    {
        var shape = ShapeFile.Read(Path.Combine(SampleFolder.Root, "shapes", "chair_0002.off"));
        Assert.Equal((192, 96), (shape.Count, shape.TriangleCount));
    }

    [Fact]
    public void Read_NormalsAndColours_AreColumns()
    {
        var shape = ShapeTexts.Read(".off", "CNOFF 1 0 0\n1 2 3 0 0 1 10 20 30\n");
        Assert.Equal(["x", "y", "z", "nx", "ny", "nz", "red", "green", "blue"], shape.Columns);
        Assert.Equal([1, 2, 3, 0, 0, 1, 10, 20, 30], shape.Rows.ToArray());
        Assert.Equal("alpha", ShapeTexts.Read(".off", "COFF 1 0 0\n1 2 3 10 20 30 255\n").Columns[^1]);
    }

    [Theory]
    [InlineData("", "shape.off, line 1: expected OFF, but the text ends here.")]
    [InlineData("PLY\n", "shape.off, line 1: expected OFF, not 'PLY'.")]
    [InlineData("4OFF\n", "shape.off, line 1: expected OFF, COFF, NOFF, CNOFF or these after ST, not '4'.")]
    [InlineData("OFF BINARY\n", "shape.off, line 1: expected an OFF file of text, not a binary one.")]
    [InlineData("OFF\n3 x\n", "shape.off, line 2: expected the numbers of vertices, faces and edges, not '3 x'.")]
    [InlineData("OFF\n3 1 0\n0 0 0\n1 0\n", "shape.off, line 4: expected vertex 2 of 3 as 3 numbers, not '1 0'.")]
    [InlineData("OFF\n3 1 0\n0 0 0\n1 0 a\n", "shape.off, line 4: expected vertex 2 of 3 as 3 numbers, not '1 0 a'.")]
    [InlineData("OFF\n3 1 0\n0 0 0\n", "shape.off, line 4: expected vertex 2 of 3, but the text ends here.")]
    [InlineData("OFF\n1 0 0\n0 nan 0\n", "shape.off, line 3: expected y as a finite number, not NaN.")]
    [InlineData("OFF\n1 0 0\n0 1e999 0\n", "shape.off, line 3: expected y as a finite number, not Infinity.")]
    [InlineData("OFF\n3 2 0\n" + Rest, "shape.off, line 7: expected face 2 of 2, but the text ends here.")]
    [InlineData("OFF\n2 1 0\n0 0 0\n1 0 0\n2 0 1\n",
        "shape.off, line 5: expected a face of at least 3 corners, not 2.")]
    [InlineData("OFF\n2 1 0\n0 0 0\n1 0 0\n3 0 1 2\n", "shape.off, line 5: expected corners from 0 to 1, not 2.")]
    [InlineData("OFF\n2 1 0\n0 0 0\n1 0 0\n3 0 1 -1\n", "shape.off, line 5: expected corners from 0 to 1, not -1.")]
    [InlineData("OFF\n2 1 0\n0 0 0\n1 0 0\n3 0 1\n",
        "shape.off, line 5: expected face 1 of 1 with 3 corners, not '3 0 1'.")]
    [InlineData("OFF\n2 0 0\n" + "0 0 0\n1 0 0\n1 1 0\n",
        "shape.off, line 5: expected the end after the 2 vertices and 0 faces that line 2 promises, not '1 1 0'.")]
    [InlineData("OFF\n0 0 0\n", "shape.off: has no points; expected at least one.")]
    public void Read_Faults_AreOneSentence(string text, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".off", text));
}
