using LieConv.Datasets.Digits;
using LieConv.Datasets.Points.Superpixels;

namespace LieConv.Tests.Datasets.Points.Superpixels;

/// <summary>Digits as sets of superpixels.</summary>
public sealed class SuperpixelDigitsTests
{
    [Fact]
    public void ToPoints_Positions_AreFromTheMiddleWithYUp()
    {
        // Two rows of two: white at the top left.
        var cut = new Slic(2, 2, new SlicOptions { Segments = 4 }).Cut([255, 0, 0, 0]);
        var (positions, values) = SuperpixelDigits.ToPoints(cut, 2, 2, inkOnly: false);
        Assert.Equal([-0.5, 0.5, 0.5, 0.5, -0.5, -0.5, 0.5, -0.5], positions);
        Assert.Equal([1, 1, 0, 1, 0, 1, 0, 1], values);
        (positions, values) = SuperpixelDigits.ToPoints(cut, 2, 2, inkOnly: true);
        Assert.Equal([-0.5, 0.5], positions);
        Assert.Equal([1, 1], values);
    }

    [Fact]
    public void Load_Sample_IsTheDigitsAndKeptForTheNextRun()
    {
        using var folder = new TemporaryFolder();
        WriteMnist(folder.Path, 60, 30);
        var options = new SuperpixelOptions { DataRoot = folder.Path };
        var lines = new List<string>();
        using var first = SuperpixelDigits.Load(options, lines.Add);
        Assert.Contains("Cutting 90 digits into at most 75 superpixels.", lines);
        Assert.Equal(90, first.Count);
        Assert.Equal("train-1", first.IdOf(0));
        Assert.Equal(60, Enumerable.Range(0, 90).Count(set => first.SplitOf(set) == SuperpixelDigits.Train));
        Assert.Equal(SuperpixelDigits.Schema, first.Schema);
        var digits = EmbeddedSample.ReadTrain();
        for (var set = 0; set < 60; set++)
        {
            Assert.Equal(digits.Labels[set], first.TargetOf(set, 0));
            var values = new double[2 * first.SizeOf(set)];
            first.CopyValues(set, values);
            var ink = Enumerable.Range(0, first.SizeOf(set)).Sum(
                k => values[2 * k] * values[2 * k + 1] * DigitImages.Size / first.SizeOf(set));
            var pixels = digits.Pixels.AsSpan(set * DigitImages.Size, DigitImages.Size).ToArray();
            Assert.Equal(pixels.Sum(pixel => pixel / 255.0), ink, 1e-3);
        }

        lines.Clear();
        using var second = SuperpixelDigits.Load(options, lines.Add);
        Assert.Empty(lines);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        using var ink2 = SuperpixelDigits.Load(options with { InkOnly = true }, lines.Add);
        Assert.NotEmpty(lines);
        Assert.True(ink2.TotalPoints < first.TotalPoints);
    }

    [Fact]
    public void Load_NamedFolderWithoutMnist_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<InvalidDataException>(
            () => SuperpixelDigits.Load(new SuperpixelOptions { DataRoot = folder.Path })).Message;
        Assert.StartsWith($"The data folder '{folder.Path}' has none of MNIST's train-images-idx3-ubyte", fault,
            StringComparison.Ordinal);
    }

    private static void WriteMnist(string folder, int train, int test)
    {
        foreach (var (digits, count, part) in new[]
            { (EmbeddedSample.ReadTrain(), train, "train"), (EmbeddedSample.ReadTest(), test, "t10k") })
        {
            WriteIdx(Path.Combine(folder, $"{part}-images-idx3-ubyte"), [count, DigitImages.Side, DigitImages.Side],
                digits.Pixels.AsSpan(0, count * DigitImages.Size));
            WriteIdx(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), [count], digits.Labels.AsSpan(0, count));
        }
    }

    private static void WriteIdx(string path, int[] shape, ReadOnlySpan<byte> data)
    {
        using var file = File.Create(path);
        file.Write([0, 0, 8, (byte)shape.Length]);
        foreach (var extent in shape) file.Write([0, 0, (byte)(extent >> 8), (byte)extent]);
        file.Write(data);
    }
}
