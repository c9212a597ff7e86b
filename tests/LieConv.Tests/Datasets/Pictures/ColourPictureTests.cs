using LieConv.Datasets.Pictures;

namespace LieConv.Tests.Datasets.Pictures;

/// <summary>Laws of pictures at another size.</summary>
public sealed class ColourPictureTests
{
    private static ColourPicture Random(int height, int width)
    {
        var bytes = new byte[4 * height * width];
        new Random(1).NextBytes(bytes);
        for (var i = 3; i < bytes.Length; i += 4) bytes[i] = 255;
        return new ColourPicture(height, width, bytes);
    }

    [Fact]
    public void Scaled_SameSize_KeepsEveryByte()
    {
        var picture = Random(5, 7);
        var planes = picture.Scaled(5, 7, isGrey: false);
        for (var i = 0; i < 35; i++)
            for (var c = 0; c < 3; c++) Assert.Equal(picture.Pixels[4 * i + c], planes[35 * c + i]);
    }

    /// <summary>A frame of black, and the pixels themselves, also where the difference is odd.</summary>
    [Theory]
    [InlineData(8, 7, 1, 0)]
    [InlineData(9, 7, 2, 0)]
    [InlineData(5, 12, 0, 2)]
    public void Scaled_OneSideLonger_PadsWithBlackAndMovesNothing(int height, int width, int top, int left)
    {
        var picture = Random(5, 7);
        var plane = picture.Scaled(height, width, isGrey: false)[..(height * width)];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var (y, x) = (row - top, column - left);
                var inside = y is >= 0 and < 5 && x is >= 0 and < 7;
                Assert.Equal(inside ? picture.Pixels[4 * (7 * y + x)] : 0, plane[row * width + column]);
            }
    }

    /// <summary>Half the size: means of 2 x 2 pixels, so that the mean of all stays but for rounding.</summary>
    [Fact]
    public void Scaled_HalfTheSize_IsTheMeanOfFour()
    {
        var picture = Random(6, 8);
        var plane = picture.Scaled(3, 4, isGrey: false)[..12];
        for (var i = 0; i < 12; i++)
        {
            var (row, column) = (2 * (i / 4), 2 * (i % 4));
            var sum = new[] { (0, 0), (0, 1), (1, 0), (1, 1) }
                .Sum(d => picture.Pixels[4 * (8 * (row + d.Item1) + column + d.Item2)]);
            Assert.InRange(plane[i] - sum / 4.0, -0.5, 0.5);
        }
    }

    /// <summary>What is of one colour stays so at every size of the same proportions.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 6)]
    [InlineData(14, 21)]
    [InlineData(40, 60)]
    public void Scaled_OneColour_Stays(int height, int width)
    {
        byte[] pixels = [.. Enumerable.Range(0, 24 * 4).Select(i => (byte)new[] { 200, 100, 50, 255 }[i % 4])];
        var planes = new ColourPicture(4, 6, pixels).Scaled(height, width, isGrey: false);
        Assert.Equal([200, 100, 50], planes.Chunk(height * width).Select(plane => Assert.Single(plane.Distinct())));
    }

    /// <summary>Twice the size of a ramp: between the middles on its line, as bilinear interpolation has it.</summary>
    [Fact]
    public void Scaled_TwiceTheSizeOfARamp_LiesOnItsLine()
    {
        byte[] pixels = [.. Enumerable.Range(0, 4).SelectMany(x => new[] { (byte)(40 * x), (byte)0, (byte)0, (byte)255 })];
        var plane = new ColourPicture(1, 4, pixels).Scaled(2, 8, isGrey: false)[..8];
        Assert.Equal([0, 10, 30, 50, 70, 90, 110, 120], plane);
    }

    /// <summary>ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B; half transparent on black is half as bright.</summary>
    [Fact]
    public void Scaled_ColoursAsGreyOnBlack_AreLumaTimesOpacity() =>
        Assert.Equal(
            [76, 150, 29, 100],
            new ColourPicture(1, 4, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 200, 200, 200, 128])
                .Scaled(1, 4, isGrey: true));
}
