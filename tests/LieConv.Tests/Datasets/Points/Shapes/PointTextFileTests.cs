namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>Columns and faults of .xyz and .pts files.</summary>
public sealed class PointTextFileTests
{
    [Theory]
    [InlineData("1 2 3\n4 5 6\n", "x,y,z")]
    [InlineData("1,2,3\n4;5\t6\n", "x,y,z")]
    [InlineData("2\n1 2 3\n4 5 6\n", "x,y,z")]
    [InlineData("# a comment\n\n1 2 3\n// another\n4 5 6", "x,y,z")]
    [InlineData("X Y Z\n1 2 3\n4 5 6\n", "x,y,z")]
    [InlineData("x,y,charge\n1 2 3\n4 5 6\n", "x,y,charge")]
    [InlineData("1 2 3 9\n4 5 6 8\n", "x,y,z,c4")]
    [InlineData("//X Y Z Intensity\n2\n1 2 3 9\n4 5 6 8\n", "x,y,z,Intensity")]
    public void Read_ColumnsAsTheyAreFound_HaveTheirNames(string text, string columns)
    {
        var shape = ShapeTexts.Read(".xyz", text);
        Assert.Equal(columns.Split(','), shape.Columns);
        Assert.Equal(columns.Contains("x,y,z", StringComparison.Ordinal) ? 3 : 2, shape.Dimensions);
        Assert.Equal(2, shape.Count);
        Assert.Equal([1, 2, 3], shape.Rows[..3].ToArray());
        Assert.Equal([4, 5, 6], shape.Rows.Slice(shape.Columns.Count, 3).ToArray());
    }

    [Fact]
    public void Read_FewColumns_AreAllCoordinates()
    {
        var plane = ShapeTexts.Read(".pts", "1 2\n3 4\n");
        Assert.Equal((2, 2), (plane.Dimensions, plane.Count));
        var line = ShapeTexts.Read(".pts", "3\n1\n2\n");
        Assert.Equal((1, 3), (line.Dimensions, line.Count));
    }

    [Theory]
    [InlineData("", "shape.pts: has no points; expected at least one.")]
    [InlineData("3\n1 2 3\n4 5 6\n", "shape.pts: has 2 points; expected the 3 that its first line promises.")]
    [InlineData("1 2 3\n4 5\n", "shape.pts, line 2: expected a point of 3 numbers as those before, not '4 5'.")]
    [InlineData("1 2 3\n4 b 6\n", "shape.pts, line 2: expected a point of 3 numbers as those before, not '4 b 6'.")]
    [InlineData("1 2 3\n4 5 NaN\n", "shape.pts, line 2: expected z as a finite number, not NaN.")]
    [InlineData("3\nwater\nO 0 0 0\n", "shape.pts, line 2: expected a point as numbers x y z ..., not 'water'.")]
    public void Read_Faults_AreOneSentence(string text, string expected) =>
        Assert.Equal(expected, ShapeTexts.Fault(".pts", text));
}
