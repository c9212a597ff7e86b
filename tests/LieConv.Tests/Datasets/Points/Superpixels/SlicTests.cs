using LieConv.Datasets.Digits;
using LieConv.Datasets.Points.Superpixels;

namespace LieConv.Tests.Datasets.Points.Superpixels;

/// <summary>Laws of superpixels, on real digits and on pictures whose segments are known.</summary>
public sealed class SlicTests
{
    private const int Side = DigitImages.Side;

    [Theory]
    [InlineData(75, 0.25)]
    [InlineData(20, 0.25)]
    [InlineData(75, 10)]
    public void Cut_Digits_GivesConnectedSegmentsWithTheirMeans(int segments, double compactness)
    {
        var digits = EmbeddedSample.ReadTest();
        var slic = new Slic(Side, Side, new SlicOptions { Segments = segments, Compactness = compactness });
        for (var i = 0; i < 100; i++)
        {
            var pixels = digits.Pixels.AsSpan(i * DigitImages.Size, DigitImages.Size);
            var cut = slic.Cut(pixels);
            Assert.InRange(cut.Segments.Count, segments / 2, segments);
            Assert.Equal(DigitImages.Size, cut.Segments.Sum(segment => segment.Size));
            Assert.Equal(Enumerable.Range(0, cut.Segments.Count), cut.Labels.Distinct());
            for (var k = 0; k < cut.Segments.Count; k++) HoldsLaws(cut, k, pixels);
        }
    }

    [Fact]
    public void Cut_ConstantPicture_IsTheRegularGrid()
    {
        var cut = new Slic(Side, Side, new SlicOptions { Segments = 49 }).Cut(new byte[DigitImages.Size]);
        for (var at = 0; at < DigitImages.Size; at++)
            Assert.Equal(at / Side / 4 * 7 + at % Side / 4, cut.Segments.Select((segment, k) => (segment, k))
                .OrderBy(pair => (pair.segment.Row, pair.segment.Column)).ToList()
                .FindIndex(pair => pair.k == cut.Labels[at]));
        Assert.All(cut.Segments, segment => Assert.Equal(new Segment(16, 0, segment.Column, segment.Row), segment));
    }

    /// <summary>Segments keep to edges: of a picture of two halves none has pixels of both.</summary>
    [Fact]
    public void Cut_TwoHalves_NoSegmentCrossesTheEdge()
    {
        var pixels = new byte[30 * 20];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = at % 30 < 13 ? byte.MaxValue : (byte)0;
        var cut = new Slic(30, 20, new SlicOptions { Segments = 24 }).Cut(pixels);
        Assert.All(cut.Segments, segment => Assert.True(segment.Intensity is 0 or 1));
        Assert.InRange(cut.Segments.Count, 12, 24);
    }

    [Fact]
    public void Cut_Twice_IsEqualWhateverWasCutBefore()
    {
        var digits = EmbeddedSample.ReadTest();
        var used = new Slic(Side, Side, new SlicOptions());
        for (var i = 0; i < 20; i++)
        {
            var pixels = digits.Pixels.AsSpan(i * DigitImages.Size, DigitImages.Size);
            var (first, second) = (used.Cut(pixels), new Slic(Side, Side, new SlicOptions()).Cut(pixels));
            Assert.Equal(first.Labels, second.Labels);
            Assert.Equal(first.Segments, second.Segments);
        }
    }

    [Fact]
    public void Cut_OnePixelOrOneSegment_IsOne()
    {
        Assert.Equal([new Segment(1, 1, 0, 0)], new Slic(1, 1, new SlicOptions()).Cut([255]).Segments);
        var whole = new Slic(3, 2, new SlicOptions { Segments = 1 }).Cut([0, 51, 102, 153, 204, 255]).Segments;
        Assert.Equal([new Segment(6, 0.5, 1, 0.5)], whole);
    }

    [Fact]
    public void Constructor_WrongOptions_NamesEach()
    {
        var fault = Assert.Throws<ArgumentException>(() => new Slic(
            4, 4, new SlicOptions { Segments = 0, Compactness = 0, Iterations = 0 })).Message;
        Assert.Equal("Segments is 0; expected at least 1. Compactness is 0; expected a positive number. " +
            "Iterations is 0; expected at least 1.", fault);
        Assert.Throws<ArgumentException>(() => new Slic(4, 4, new SlicOptions()).Cut(new byte[15]));
    }

    private static void HoldsLaws(Segmentation cut, int k, ReadOnlySpan<byte> pixels)
    {
        var own = Enumerable.Range(0, pixels.Length).Where(at => cut.Labels[at] == k).ToArray();
        var segment = cut.Segments[k];
        var (grey, x, y) = (0.0, 0.0, 0.0);
        foreach (var at in own) (grey, x, y) = (grey + pixels[at], x + at % Side, y + at / Side);
        Assert.Equal(own.Length, segment.Size);
        Assert.Equal(grey / own.Length / 255, segment.Intensity, 1e-12);
        Assert.Equal(x / own.Length, segment.Column, 1e-12);
        Assert.Equal(y / own.Length, segment.Row, 1e-12);

        var reached = new HashSet<int> { own[0] };
        var waiting = new Stack<int>(reached);
        while (waiting.TryPop(out var at))
            foreach (var (dx, dy) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
            {
                var (column, row) = (at % Side + dx, at / Side + dy);
                if (column is < 0 or >= Side || row is < 0 or >= Side) continue;
                if (cut.Labels[row * Side + column] == k && reached.Add(row * Side + column))
                    waiting.Push(row * Side + column);
            }

        Assert.Equal(own.Length, reached.Count);
    }
}
