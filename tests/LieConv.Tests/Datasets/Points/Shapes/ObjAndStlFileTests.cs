namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>Columns and faults of .obj and .stl files.</summary>
public sealed class ObjAndStlFileTests
{
    [Fact]
    public void Read_ObjWithColours_HasColumnsOfThem()
    {
        var shape = ShapeTexts.Read(".obj", "f 1 2 3\nv 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\n");
        Assert.Equal(["x", "y", "z", "red", "green", "blue"], shape.Columns);
        Assert.Equal([0, 1, 2], shape.Triangles.ToArray());
    }

    [Theory]
    [InlineData("v 0 0\n", "shape.obj, line 1: expected a vertex of 3, 4 or 6 numbers, not '0 0'.")]
    [InlineData("v 0 0 0\nv 0 0 0 1 1 1\n",
        "shape.obj, line 2: expected a vertex of 3 numbers as those before, not '0 0 0 1 1 1'.")]
    [InlineData("v 0 0 -inf\n", "shape.obj, line 1: expected z as a finite number, not -Infinity.")]
    [InlineData("v 0 0 0\nf 1 1\n", "shape.obj, line 2: expected a face of at least 3 corners, not 2.")]
    [InlineData("v 0 0 0\nf 1 1 2\n", "shape.obj, line 2: expected corners from 1 to 1, not 2.")]
    [InlineData("v 0 0 0\nf 1 1 -2\n", "shape.obj, line 2: expected corners down to -1, the first vertex so far, " +
        "not 'f 1 1 -2'.")]
    [InlineData("v 0 0 0\nf 1 1 0\n", "shape.obj, line 2: expected corners as numbers of vertices from 1, or " +
        "negative ones, not 'f 1 1 0'.")]
    [InlineData("1 2 3\n", "shape.obj, line 1: expected a statement such as v or f, not '1 2 3'.")]
    [InlineData("o empty\n", "shape.obj: has no points; expected at least one.")]
    public void Read_FaultsOfObj_AreOneSentence(string text, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".obj", text));

    [Theory]
    [InlineData("", "shape.stl: the file is empty.")]
    [InlineData("hello", "shape.stl: has 5 bytes; expected an STL file: 'solid' or at least 84 bytes.")]
    [InlineData("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0\n",
        "shape.stl, line 5: expected vertex 2 of 3 of a facet, with 3 numbers, not 'vertex 1 0'.")]
    [InlineData("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\n",
        "shape.stl, line 5: expected vertex 2 of 3 of a facet, but the text ends here.")]
    [InlineData("solid a\nfacet normal 0 0 1\nvertex 0 0 0\n",
        "shape.stl, line 3: expected outer loop, not 'vertex 0 0 0'.")]
    [InlineData("solid a\n", "shape.stl, line 2: expected facet or endsolid, but the text ends here.")]
    [InlineData("solid a\nendsolid\n", "shape.stl: has no points; expected at least one.")]
    public void Read_FaultsOfStlText_AreOneSentence(string text, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".stl", text));

    [Fact]
    public void Read_FaultsOfStlBinary_NameTheBytes()
    {
        var whole = ShapeTexts.StlBinary();
        Assert.Equal($"shape.stl: has {whole.Length - 1} bytes; expected {whole.Length} for the 3 triangles that " +
            "bytes 81 to 84 promise.", ShapeTexts.Fault(".stl", whole[..^1]));
        whole.AsSpan(84 + 50 + 12, 4).Fill(0xff);
        Assert.Equal("shape.stl, triangle 2 of 3: expected x as a finite number, not NaN.",
            ShapeTexts.Fault(".stl", whole));
    }
}
