using System.Text.Json;
using LieConv.Tests.Datasets.Pictures;
using LieConv.Tests.Support;
using SkiaSharp;

namespace LieConv.Tests.Cli;

/// <summary>Pictures of one's own from end to end, in the smallest training.</summary>
[Collection("Serial")]
public sealed class TrainImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => _folder.File("data");

    private string Run => _folder.File("run");

    [Fact]
    public void Train_FolderOfClasses_IsEvaluatedAndPredictedWithoutItsData()
    {
        // Red or blue, and not square: colours alone tell the classes apart.
        foreach (var (name, colour) in new[] { ("blue", SKColors.Blue), ("red", SKColors.Red) })
            for (var i = 0; i < 10; i++)
            {
                var (own, place) = (colour, i % 5);
                DrawnPictures.Write(
                    Path.Combine(Data, name, $"{i}.png"), 9, 6, (x, y) => x == place || y == place ? own : SKColors.Black);
            }
        var trained = Train("--epochs", "40", "--lr", "0.02", "--class-weights", "balanced", "--augment", "rotations",
            "--set", "shiftPixels=0.5", "--split", "0.6,0.2,0.2");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("Pictures have 9 x 6 pixels. Colours: 3 channels.", trained.Error, StringComparison.Ordinal);
        Assert.Contains("Test error 0.00 % (0 of 4 pictures)", trained.Output, StringComparison.Ordinal);
        foreach (var file in (string[])["config.json", "split.json", "result.json", "confusion.png", "curves.png"])
            Assert.True(File.Exists(Path.Combine(Run, file)), file);
        var evaluated = CliRunner.Run("evaluate", Run, "--threads", "1");
        Assert.StartsWith("Test error 0.00 % (0 of 4 pictures)", evaluated.Output, StringComparison.Ordinal);

        Directory.Move(Data, _folder.File("moved"));
        File.WriteAllText(_folder.File("moved/red/bad.png"), "no picture");
        DrawnPictures.Write(_folder.File("large.jpg"), 90, 60, SKColors.Red, SKEncodedImageFormat.Jpeg);
        var predicted = CliRunner.Run(
            "predict", Run, _folder.File("moved/red"), _folder.File("large.jpg"), "--threads", "1", "--json");
        Assert.Equal(2, predicted.ExitCode);
        Assert.Equal(
            $"{_folder.File("moved/red/bad.png")}: is no PNG, JPEG or BMP.\n" +
            "11 pictures were predicted; for what could not be, see the lines above.\n", predicted.Error);
        using var json = JsonDocument.Parse(predicted.Output);
        var rows = json.RootElement.EnumerateArray().ToArray();
        Assert.All(rows, row => Assert.Equal("red", row.GetProperty("class").GetString()));
        Assert.All(rows, row => Assert.Equal(
            1, row.GetProperty("class.p(red)").GetDouble() + row.GetProperty("class.p(blue)").GetDouble(), 1e-5));

        // Alone a picture is what it was among others.
        var alone = CliRunner.Run("predict", Run, _folder.File("large.jpg"), "--threads", "1", "--json");
        Assert.Equal(
            rows[^1].GetProperty("class.p(red)").GetDouble(),
            JsonDocument.Parse(alone.Output).RootElement[0].GetProperty("class.p(red)").GetDouble(), 1e-5);
    }

    [Fact]
    public void Train_PartsInFoldersSeenGrey_TestsOnTheTestFolder()
    {
        foreach (var (part, count) in new[] { ("train", 6), ("test", 2) })
            foreach (var name in (string[])["a", "b"])
                for (var i = 0; i < count; i++)
                {
                    var level = (byte)(20 * i + (name == "a" ? 10 : 130));
                    DrawnPictures.Write(Path.Combine(Data, part, name, $"{i}.png"), 5, 5, new SKColor(level, 0, level));
                }
        var trained = Train("--epochs", "1", "--grey");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("Pictures have 5 x 5 pixels. Read as grey: 1 channel.", trained.Error, StringComparison.Ordinal);
        using var split = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "split.json")));
        Assert.Equal(
            ["test/a/0.png", "test/a/1.png", "test/b/0.png", "test/b/1.png"],
            split.RootElement.GetProperty("test").EnumerateArray().Select(name => name.GetString()));
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "config.json")));
        Assert.Equal(1, config.RootElement.GetProperty("model").GetProperty("inputChannels").GetInt32());
        // Mean luma of the training pictures alone, from 0 to 1: levels from 0.413 (R + B) / 255.
        Assert.Equal(
            JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "split.json"))).RootElement.GetProperty("training")
                .EnumerateArray().Select(name => Level(name.GetString()!)).Average(),
            config.RootElement.GetProperty("found").GetProperty("channels")[0].GetProperty("mean").GetDouble(), 1e-4);

        static double Level(string name) =>
            Math.Round(0.413 * (20 * (name[^5] - '0') + (name.Contains("/a/", StringComparison.Ordinal) ? 10 : 130))) / 255;
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("--channels 8", "data.path (--data) is missing; expected a folder with a folder of pictures for each class.")]
    [InlineData("--data nowhere", "There is no folder 'nowhere'; expected one with a folder for each class.")]
    [InlineData("--data nowhere --augment flips", "--augment is 'flips'; expected none or rotations. See lieconv train images --help.")]
    [InlineData("--data nowhere --group T3",
        "T3 acts on 3-dimensional points; expected a group on the plane, such as T2 or SE2.")]
    public void Train_WrongOption_IsOneSentenceAndNoFolder(string options, string expected)
    {
        var run = CliRunner.Run(["train", "images", "--out", Run, .. options.Split(' ')]);
        Assert.Equal((2, expected + "\n"), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void Make_Pictures_AreDrawnTheSameForTheSameSeedAndNeverOverOthers()
    {
        var (first, second) = (_folder.File("first"), _folder.File("second"));
        Assert.Equal((0, $"Wrote 6 pictures to {first}.\n"), Make(first, 6));
        Assert.Equal(0, Make(second, 10).Item1);
        Assert.Equal(
            ["bar", "cross", "ring", "triangle"], Directory.GetDirectories(first).Select(Path.GetFileName).Order());
        foreach (var file in Directory.GetFiles(first, "*.png", SearchOption.AllDirectories))
            Assert.Equal(
                File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetRelativePath(first, file))));
        var again = CliRunner.Run("data", "make", "pictures", first);
        Assert.Equal(
            (2, $"'{first}' exists already; expected the name of a new folder, or an empty one.\n"),
            (again.ExitCode, again.Error));

        static (int, string) Make(string folder, int count)
        {
            var made = CliRunner.Run(
                "data", "make", "pictures", folder, "--sets", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return (made.ExitCode, made.Output);
        }
    }

    private CliRunner Train(params string[] more) => CliRunner.Run(
    [
        "train", "images", "--data", Data, "--out", Run, "--channels", "8", "--layers", "1", "--batch", "4", "--threads", "1",
        .. more,
    ]);
}
