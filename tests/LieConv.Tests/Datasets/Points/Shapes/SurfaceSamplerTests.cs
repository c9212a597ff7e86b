using LieConv.Datasets.Points.Shapes;

namespace LieConv.Tests.Datasets.Points.Shapes;

/// <summary>Laws of points drawn from surfaces.</summary>
public sealed class SurfaceSamplerTests
{
    // A square of area 4 in the plane z = 1 and one triangle of area 1 in the plane x = 10.
    private const string Mesh = "OFF\n7 3 0\n0 0 1\n2 0 1\n2 2 1\n0 2 1\n10 0 0\n10 2 0\n10 0 1\n" +
        "4 0 1 2 3\n3 4 5 6\n3 4 4 6\n";

    [Fact]
    public void Sample_AreasDecide_HowManyPointsLieWhere()
    {
        const int Count = 20_000;
        var points = SurfaceSampler.Sample(ShapeTexts.Read(".off", Mesh), Count, 3);
        var (square, x, xx) = (0, 0.0, 0.0);
        for (var i = 0; i < points.Length; i += 3)
        {
            if (points[i] > 9)
            {
                Assert.Equal(10, points[i], 1e-12);
                Assert.True(points[i + 1] / 2 + points[i + 2] <= 1 + 1e-12 && points[i + 1] >= 0 && points[i + 2] >= 0);
                continue;
            }

            Assert.Equal(1, points[i + 2], 1e-12);
            Assert.InRange(points[i], 0, 2);
            square++;
            x += points[i];
            xx += points[i] * points[i];
        }

        // Binomial with p = 4/5, and the uniform distribution's mean 1 and second moment 4/3: five standard deviations.
        Assert.Equal(0.8, (double)square / Count, 5 * Math.Sqrt(0.8 * 0.2 / Count));
        Assert.Equal(1, x / square, 5 * Math.Sqrt(1.0 / 3 / square));
        Assert.Equal(4.0 / 3, xx / square, 5 * Math.Sqrt((16.0 / 5 - 16.0 / 9) / square));
    }

    [Fact]
    public void Sample_SeedAndContent_DecideAndNothingElse()
    {
        var shape = ShapeTexts.Read(".off", Mesh);
        var points = SurfaceSampler.Sample(shape, 100, 3);
        Assert.Equal(points, SurfaceSampler.Sample(ShapeTexts.Read(".off", "# moved\n" + Mesh), 100, 3));
        Assert.Equal(points[..30], SurfaceSampler.Sample(shape, 10, 3));
        Assert.NotEqual(points, SurfaceSampler.Sample(shape, 100, 4));
        var other = ShapeTexts.Read(".off", Mesh.Replace("0 2 1", "0 2 1.000001", StringComparison.Ordinal));
        Assert.True(Math.Abs(points[0] - SurfaceSampler.Sample(other, 1, 3)[0]) > 1e-3, "other content, other points");
    }

    /// <summary>Areas are compared relative to the size, so that they neither vanish nor overflow.</summary>
    [Theory]
    [InlineData(1e-160)]
    [InlineData(1e150)]
    public void Sample_ExtremeSizes_HaveAreas(double scale)
    {
        var text = FormattableString.Invariant($"OFF\n3 1 0\n0 0 0\n{scale} 0 0\n0 {scale} 0\n3 0 1 2\n");
        foreach (var number in SurfaceSampler.Sample(ShapeTexts.Read(".off", text), 50, 0))
            Assert.InRange(number / scale, 0, 1);
    }

    [Fact]
    public void Sample_OtherColumns_AreInterpolated()
    {
        // red = x + 2 y at the corners, and so everywhere: linear interpolation is exact.
        var shape = ShapeTexts.Read(".obj", "v 0 0 0 0 0 1\nv 1 0 0 1 0 1\nv 0 1 0 2 0 1\nf 1 2 3\n");
        var points = SurfaceSampler.Sample(shape, 100, 1);
        for (var i = 0; i < points.Length; i += 6)
        {
            Assert.Equal(points[i] + 2 * points[i + 1], points[i + 3], 1e-12);
            Assert.Equal(1, points[i + 5], 1e-12);
        }
    }

    [Fact]
    public void Sample_NoArea_IsASentence()
    {
        var flat = OffFile.Parse("OFF\n3 1 0\n0 0 0\n1 0 0\n2 0 0\n3 0 1 2\n"u8, "flat.off");
        Assert.Equal("flat.off: its 1 triangles have no area; expected a surface to draw points from.",
            Assert.Throws<InvalidDataException>(() => SurfaceSampler.Sample(flat, 5, 0)).Message);
        var point = OffFile.Parse("OFF\n1 1 0\n0 0 0\n3 0 0 0\n"u8, "point.off");
        Assert.Throws<InvalidDataException>(() => SurfaceSampler.Sample(point, 5, 0));
    }
}
