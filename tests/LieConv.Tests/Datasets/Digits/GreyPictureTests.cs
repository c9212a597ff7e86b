using CsCheck;
using LieConv.Datasets.Digits;

namespace LieConv.Tests.Datasets.Digits;

public sealed class GreyPictureTests
{
    [Fact]
    public void Scaled_SameSize_GivesTheSameNumbers()
    {
        var picture = new GreyPicture(2, 3, [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 1f / 3]);
        Assert.Equal(picture.Pixels, picture.Scaled(2, 3));
    }

    /// <summary>Area-true: each pixel repeated k x k times and scaled back is the picture before.</summary>
    [Fact]
    public void Scaled_OfAWholeMultiple_GivesThePictureBefore() =>
        Gen.Select(Gen.Int[1, 7], Gen.Float[0, 1].Array[25]).Sample((k, pixels) =>
        {
            var large = new float[25 * k * k];
            for (var row = 0; row < 5 * k; row++)
                for (var column = 0; column < 5 * k; column++)
                    large[row * 5 * k + column] = pixels[row / k * 5 + column / k];
            var small = new GreyPicture(5 * k, 5 * k, large).Scaled(5, 5);
            Assert.All(small.Zip(pixels), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }, iter: 50, threads: 1);

    /// <summary>No ink is lost: the sum of brightness times area stays, at any ratio.</summary>
    [Fact]
    public void Scaled_ToAnySize_KeepsTheMeanOfASquare() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40]).Sample((from, to) =>
        {
            float[] pixels = [.. Enumerable.Range(0, from * from).Select(i => i * 7 % 11 / 10f)];
            var scaled = new GreyPicture(from, from, pixels).Scaled(to, to);
            Assert.Equal(pixels.Average(), scaled.Average(), 1e-5);
        }, iter: 200, threads: 1);

    /// <summary>Twice as wide as high: half of each column, a quarter of black above and below.</summary>
    [Fact]
    public void Scaled_OtherProportions_StaysInProportionOnBlack()
    {
        var scaled = new GreyPicture(2, 4, [1, 1, 1, 1, 1, 1, 1, 1]).Scaled(4, 4);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], scaled);
    }

    [Fact]
    public void Scaled_OneColumnOfMillions_TakesNoMemoryForASquare()
    {
        var scaled = new GreyPicture(5_000_000, 1, new float[5_000_000]).Scaled(28, 28);
        Assert.Equal(28 * 28, scaled.Length);
        Assert.All(scaled, pixel => Assert.Equal(0, pixel));
    }

    [Theory]
    [InlineData(0f, 1f, false)]                      // light on black
    [InlineData(1f, 0f, true)]                       // black on white
    [InlineData(0.45f, 0.05f, true)]                 // black on dark grey: below one half, yet the lighter of both
    [InlineData(0.6f, 0.95f, false)]                 // white on light grey
    [InlineData(0.5f, 0.5f, false)]                  // nothing
    public void IsDarkOnLight_GroundAndDigit_IsToldByTheBorder(float ground, float digit, bool expected)
    {
        var pixels = Enumerable.Repeat(ground, 28 * 28).ToArray();
        for (var row = 6; row < 22; row++) pixels[row * 28 + 13] = pixels[row * 28 + 14] = digit;
        var picture = new GreyPicture(28, 28, pixels);
        Assert.Equal(expected, picture.IsDarkOnLight);
        Assert.Equal(ground == digit, picture.IsBlank);
        if (ground != digit) Assert.Equal(!expected, picture.Inverted().IsDarkOnLight);
    }
}
