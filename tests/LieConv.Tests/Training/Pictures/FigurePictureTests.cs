using LieConv.Datasets.Made;
using LieConv.Randomness;
using LieConv.Tests.Support;
using LieConv.Training.Figures;
using LieConv.Training.Pictures;
using SkiaSharp;

namespace LieConv.Tests.Training.Pictures;

/// <summary>Pictures of results: each is drawn whatever the data are. LIECONV_PICTURES keeps them in a folder to look at.
/// </summary>
public sealed class FigurePictureTests
{
    [Theory]
    [InlineData(2, 5, 720)]
    [InlineData(10, 1, 720)]
    [InlineData(12, 14, 720)]
    [InlineData(40, 10, 1240)]
    [InlineData(150, 8, 1800)]
    public void Confusion_AnyNumberOfClasses_IsDrawn(int classes, int nameLength, int size)
    {
        var (matrix, numbers) = (new ConfusionMatrix(classes), new SplitMix64(1));
        for (var i = 0; i < 100 * classes; i++)
        {
            var right = (int)(numbers.NextUnit() * classes);
            matrix.Add(right, numbers.NextUnit() < 0.85 ? right : Math.Min(classes - 1, right + (int)(numbers.NextUnit() * 4)));
        }
        string[] names = [.. Enumerable.Range(0, classes).Select(k => nameLength == 1 ? $"{k}" : $"class {k} of many words"[..Math.Min(22, nameLength + 3)])];
        var picture = Draw($"confusion{classes}", path => ConfusionPlot.Write(
            path, matrix, names, ("predicted", "true label"), $"Accuracy {100 * matrix.Accuracy:F1} % of {matrix.Count} test sets"));
        Assert.Equal((size, size), (picture.Width, picture.Height));
    }

    [Fact]
    public void Parity_Intervals_AreABandAboutTheDiagonal()
    {
        var numbers = new SplitMix64(2);
        ParityPanel Panel(string name, string unit, double? reach)
        {
            double[] truth = [.. Enumerable.Range(0, 9000).Select(_ => 10 * numbers.NextUnit())];
            double[] predicted = [.. truth.Select(y => y + 0.4 * (numbers.NextUnit() + numbers.NextUnit() + numbers.NextUnit() - 1.5))];
            return new ParityPanel(name, unit, truth, predicted, 0.16, reach);
        }
        var plain = Draw("parity1", path => ParityPlot.Write(path, [Panel("potential", "", null)], "Predicted against true, 9,000 test points"));
        var banded = Draw("parity3", path => ParityPlot.Write(
            path, [Panel("energy", "eV", 0.35), Panel("charge", "e", 0.2), Panel("mass", "", double.PositiveInfinity)],
            "Predicted against true, 9,000 test sets", "90 % intervals"));
        Assert.Equal((608, 3 * 380), (plain.Width, banded.Width));
        Assert.Contains(Pixels(banded), IsOrange);
        Assert.DoesNotContain(Pixels(plain), IsOrange);
        static bool IsOrange(SKColor color) => color.Red > 230 && color.Green is > 180 and < 230 && color.Blue < 215;
    }

    [Fact]
    public void Parity_ConstantOrSingleTruth_IsDrawn()
    {
        Draw("parity-constant", path => ParityPlot.Write(path, [new ParityPanel("q", "", [2, 2], [1, 3], 1, 1)], "Two", "90 % intervals"));
        Draw("parity-single", path => ParityPlot.Write(path, [new ParityPanel("q", "", [2], [2], 0)], "One"));
    }

    [Fact]
    public void Reliability_BinsOfAllKinds_AreDrawn()
    {
        var (reliability, numbers) = (new Reliability(), new SplitMix64(3));
        for (var i = 0; i < 800; i++)
        {
            var confidence = Math.Sqrt(Math.Sqrt(numbers.NextUnit()));
            if (confidence > 0.3) reliability.Add(confidence, numbers.NextUnit() < 0.9 * confidence + (confidence < 0.7 ? 0.2 : 0));
        }
        var picture = Draw("reliability", path => ReliabilityPlot.Write(path, reliability, "test sets"));
        Assert.Equal(920, picture.Width);
    }

    [Fact]
    public void PointSets_OfThePlane_AreDrawnAsTheyAre()
    {
        var data = MadeData.Find("shapes2d");
        var sets = Enumerable.Range(0, 14).Select(i =>
        {
            var made = data.Create(0, i, 60);
            return new DrawnSet([$"set {i + 1}", $"label {made.Label}", $"predicted ring (p = 0.{90 - i}), a long line that does not fit"], made.Numbers, null);
        }).ToArray();
        var picture = Draw("sets2d", path => PointSetPicture.Write(path, sets, 2, "The most confident errors of 150 test sets"));
        Assert.Equal(1000, picture.Width);
        // The grid shows twelve of them, in three rows below the heading.
        Assert.Equal(40 + 3 * (250 + 3 * 18 + 18), picture.Height);
    }

    [Fact]
    public void PointSets_OfSpace_AreColouredByTheirNumbers()
    {
        var data = MadeData.Find("charges3d");
        var sets = Enumerable.Range(0, 6).Select(i =>
        {
            var rows = data.Create(0, i, 200).Numbers.Chunk(5).ToArray();
            return new DrawnSet(
                [$"set {i + 1}", "potential: MAE 0.12"], [.. rows.SelectMany(row => row[..3])], [.. rows.Select(row => row[4])]);
        }).ToArray();
        var picture = Draw("sets3d", path => PointSetPicture.Write(path, sets, 3, "The largest errors of 90 test sets", "potential"));
        Assert.True(Pixels(picture).Distinct().Count() > 100);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 40)]
    [InlineData(2, 5000)]
    public void PointSets_AnyDimensionAndSize_AreDrawn(int dimensions, int points)
    {
        var numbers = new SplitMix64(4);
        double[] positions = [.. Enumerable.Range(0, points * dimensions).Select(_ => numbers.NextUnit())];
        double[] colours = [.. Enumerable.Range(0, points).Select(i => i == 0 ? double.NaN : numbers.NextUnit())];
        Draw($"sets{dimensions}-{points}", path => PointSetPicture.Write(
            path, [new DrawnSet(["one"], positions, colours)], dimensions, "One set", "absolute error in eV"));
    }

    [Fact]
    public void PlaneProjection_TurnedPlane_KeepsDistances()
    {
        // Points of the plane x + y + z = 1: depth 0 for all, distances as in space.
        double[] positions = [1, 0, 0, 0, 1, 0, 0, 0, 1, 2, -1, 0];
        var flat = PlaneProjection.Widest(positions, 3);
        Assert.All(flat, point => Assert.Equal(0, point.Depth, 9));
        Assert.Equal(2, Math.Pow(flat[0].X - flat[1].X, 2) + Math.Pow(flat[0].Y - flat[1].Y, 2), 9);
        Assert.Equal([(-1.0, -2.0, 0.0), (1.0, 2.0, 0.0)], PlaneProjection.Widest([0, 0, 2, 4], 2));
        Assert.Equal([(-1.0, 0.0, 0.0), (1.0, 0.0, 0.0)], PlaneProjection.Widest([0, 2], 1));
    }

    [Fact]
    public void ColourScale_Outliers_DoNotSetTheEnds()
    {
        var scale = ColourScale.Create([.. Enumerable.Range(0, 101).Select(i => (double)i), 1e9, double.NaN], "x");
        Assert.Equal((2, 99), (scale.Low, scale.High)); // of 102 numbers the places 2 and 99
        Assert.Equal(SKColors.Gray, scale.ColorOf(double.NaN));
        Assert.NotEqual(scale.ColorOf(2), scale.ColorOf(50));
        Assert.Equal(scale.ColorOf(100), scale.ColorOf(1e9));
        Assert.Equal((0, 5), (ColourScale.Create([.. new double[99], 5], "x").Low, ColourScale.Create([.. new double[99], 5], "x").High));
    }

    private static SKColor[] Pixels(SKBitmap picture) => picture.Pixels;

    private static SKBitmap Draw(string name, Action<string> write)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File($"{name}.png");
        write(path);
        if (Environment.GetEnvironmentVariable("LIECONV_PICTURES") is { Length: > 0 } kept)
            File.Copy(path, Path.Combine(kept, $"{name}.png"), overwrite: true);
        var picture = SKBitmap.Decode(path);
        Assert.Contains(picture.Pixels, color => color is { Red: < 100 } or { Green: < 100 });
        return picture;
    }
}
