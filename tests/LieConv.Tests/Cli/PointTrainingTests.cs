using System.Globalization;
using System.Text.Json;
using LieConv.Serialization;

namespace LieConv.Tests.Cli;

/// <summary>Trainings on tables of every kind of target, and what belongs to a run.</summary>
[Collection("Serial")]
public sealed class PointTrainingTests(PointRunFixture fixture) : IClassFixture<PointRunFixture>
{
    /// <summary>A network whose last layer gives nothing says the training sets' mean, in the target's unit: the mean
    /// absolute error then follows from split and table alone.</summary>
    [Fact]
    public void Evaluate_NetworkThatGivesTheMean_HasTheErrorOfTheMean()
    {
        double Truth(int set) => 1000 + 50 * set;
        var table = fixture.Table("numbers.csv", 12, "target_energy",
            (set, _) => Truth(set).ToString(CultureInfo.InvariantCulture));
        var run = Train(table, "numbers", "--lr", "1e-10", "--set", "data.kinds=target_energy:number", "--ema", "0");
        var split = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "split.json"))).RootElement;
        double[] Of(string part) => [.. split.GetProperty(part).EnumerateArray().Select(id =>
            Truth(int.Parse(id.GetString()![1..], CultureInfo.InvariantCulture)))];
        var (mean, test) = (Of("training").Average(), Of("test"));
        var deviation = Math.Sqrt(Of("training").Average(value => (value - mean) * (value - mean)));
        var scale = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "config.json"))).RootElement
            .GetProperty("found").GetProperty("targets")[0];
        Assert.Equal(mean, scale.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(deviation, scale.GetProperty("scale").GetDouble(), 1e-9);
        // Zeros in the last layer: exactly the mean, by predict and by evaluate.
        var zero = Zeroed(run);
        var said = Rows(CliRunner.Run("predict", zero, table, "--threads", "1").Output);
        Assert.All(said[1..], row => Assert.Equal(mean, double.Parse(row[1], CultureInfo.InvariantCulture), 1e-3));
        var report = JsonDocument.Parse(CliRunner.Run("evaluate", zero, "--json", "--threads", "1").Output).RootElement;
        Assert.Equal(
            test.Average(value => Math.Abs(value - mean)),
            report.GetProperty("targets")[0].GetProperty("metrics").GetProperty("mae").GetDouble(), 1e-3);
    }

    /// <summary>A class and a number of sets, and a class of each point, by one network.</summary>
    [Fact]
    public void Train_SeveralTargets_HaveFiguresPicturesAndColumnsEach()
    {
        var table = fixture.Table("many.csv", 16, "q,shape,size,part", (set, point) =>
            $"{point},{(set % 2 == 0 ? "cup" : "pan")},{(set + 0.5).ToString(CultureInfo.InvariantCulture)},{(point == 0 ? "rim" : "side")}");
        var run = Train(table, "many", "--target", "shape,size,part", "--class-weights", "balanced");
        var metrics = Result(run);
        foreach (var name in new[] { "shape.error", "size.mae", "part.error", "loss" })
            Assert.True(double.IsFinite(metrics.GetProperty(name).GetDouble()), name);
        foreach (var name in new[] { "shape-confusion.png", "part-confusion.png", "size-worst.png", "parity.png" })
            Assert.True(File.Exists(Path.Combine(run, name)), name);
        var result = CliRunner.Run("predict", run, table, "--coverage", "0.5", "--threads", "1");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rows = Rows(result.Output);
        Assert.Equal(
            ["set", "point", "shape", "shape.p(cup)", "shape.p(pan)", "shape.set", "size", "size.low", "size.high", "part",
                "part.p(rim)", "part.p(side)", "part.set"], rows[0]);
        Assert.Equal(1 + 16 * 3, rows.Length);
        // What is said of a set stands at each of its points.
        Assert.Equal(rows[1][2..9], rows[3][2..9]);
        Assert.Equal(["s00", "3"], rows[3][..2]);
        var evaluated = CliRunner.Run("evaluate", run, "--threads", "1");
        foreach (var title in new[] { "shape (of sets):", "size (of sets):", "part (of each point):" })
            Assert.Contains(title, evaluated.Output, StringComparison.Ordinal);
    }

    /// <summary>Augmentation and noise are drawn from the run's seed: a training in two parts is the one in one.</summary>
    [Fact]
    public void Train_InTwoSessions_GivesTheSameWeights()
    {
        string[] longer = ["--set", "train.epochs=3", "--precision", "float64"];
        string[] more = [.. longer, "--augment", "SE2", "--jitter", "0.05"];
        var table = fixture.Table("resumed.csv", 12, "label", (set, _) => set % 2 == 0 ? "a" : "b");
        var whole = Train(table, "whole", more);
        var run = fixture.File("parts");
        var first = CliRunner.Run(PointRunFixture.Tiny(table, run, [.. more, "--max-minutes", "0.00001"]));
        Assert.Equal(0, first.ExitCode);
        Assert.InRange(Epochs(run), 0, 2);
        Assert.Equal(0, CliRunner.Run("train", "points", "--resume", run, "--threads", "1").ExitCode);
        Assert.Equal(Weights(whole), Weights(run));
        Assert.NotEqual(Weights(whole), Weights(Train(table, "still", longer)));
    }

    [Fact]
    public void Train_GroupOfAFile_IsTheRuns()
    {
        var file = fixture.File("turn.json");
        File.WriteAllText(file, """{ "name": "Turn", "generators": [ [ [0, -1], [1, 0] ] ] }""");
        var table = fixture.Table("turn.csv", 12, "label", (set, _) => set % 2 == 0 ? "a" : "b");
        var run = Train(table, "turn", "--generators", file);
        File.Delete(file);
        var result = CliRunner.Run("evaluate", run, "--threads", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("random elements of Turn: ", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Targets whose names differ only in signs and capitals have pictures of their own.</summary>
    [Fact]
    public void Train_NamesThatDifferInSigns_HaveTheirOwnPictures()
    {
        var table = fixture.Table("signs.csv", 12, "label_a/b,label_a:b,label_A b", (set, _) =>
            $"{(set % 2 == 0 ? "a" : "b")},{(set % 3 == 0 ? "c" : "d")},{(set % 2 == 0 ? "e" : "f")}");
        var run = Train(table, "signs");
        foreach (var name in new[] { "label_a_b", "label_a_b-2", "label_A_b-3" })
            foreach (var picture in new[] { "confusion", "reliability", "worst" })
                Assert.True(File.Exists(Path.Combine(run, $"{name}-{picture}.png")), $"{name}-{picture}");
        var evaluated = CliRunner.Run("evaluate", run, "--threads", "1");
        Assert.Contains("label_a_b-2-worst.png", evaluated.Output, StringComparison.Ordinal);
    }

    /// <summary>A column called split needs no option, nor do groups that stay together.</summary>
    [Fact]
    public void Train_ColumnCalledSplit_DecidesTheParts()
    {
        string[] parts = ["train", "train", "validation", "test"];
        var table = fixture.Table("parts.csv", 12, "label,split", (set, _) =>
            $"{(set % 8 < 4 ? "a" : "b")},{parts[set % 4]}");
        var split = JsonDocument.Parse(File.ReadAllText(Path.Combine(Train(table, "column"), "split.json"))).RootElement;
        Assert.Equal(["s03", "s07", "s11"], split.GetProperty("test").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(3, split.GetProperty("validation").GetArrayLength());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("--split 0.8,0.2,0", "There are no sets to test on (")]
    [InlineData("--target nothing", "'nothing'")]
    [InlineData("--target none", "has no column to learn; name one by --target")]
    [InlineData("--group SE3", "SE3 acts on 3-dimensional points")]
    [InlineData("--augment SE3", "SE3 acts on 3-dimensional points")]
    [InlineData("--jitter -1", "--jitter")]
    [InlineData("--set found=1", "found cannot be '1'; expected null.\n")]
    [InlineData("--class-weights some", "none or balanced")]
    [InlineData("--split 0.8,0,0.2 --early-stopping 2", "validation")]
    public void Train_WrongOption_IsOneSentenceAndNoFolder(string options, string expected)
    {
        var table = fixture.Table("wrong.csv", 12, "label", (set, _) => set % 2 == 0 ? "a" : "b");
        var run = fixture.File("refused");
        var result = CliRunner.Run(PointRunFixture.Tiny(table, run, options.Split(' ')));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Train_WithoutData_IsOneSentence()
    {
        var result = CliRunner.Run("train", "points");
        Assert.Equal(
            (2, "data.path is empty; expected a table, a file of sets or a folder (--data PATH).\n"),
            (result.ExitCode, result.Error));
    }

    private string Train(string table, string name, params string[] more)
    {
        var run = fixture.File(name);
        var result = CliRunner.Run(PointRunFixture.Tiny(table, run, more));
        Assert.True(result.ExitCode == 0, result.Error);
        return run;
    }

    /// <summary>The same run with a network whose last layer gives nothing.</summary>
    private string Zeroed(string run)
    {
        var (weights, zero) = (fixture.File("zero.safetensors"), fixture.File("zeroed"));
        Assert.Equal(0, CliRunner.Run("convert", "export", run, weights).ExitCode);
        using (var contents = Safetensors.Read(weights))
            Safetensors.Write(weights, contents.Tensors.ToDictionary(
                pair => pair.Key,
                pair => pair.Key.StartsWith("net.head.", StringComparison.Ordinal) ? pair.Value.zero_() : pair.Value),
                contents.Metadata);
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "config.json"))).RootElement;
        var result = CliRunner.Run(
            "convert", "import", "points", weights, "--out", zero, "--channels", "8", "--layers", "1", "--set",
            $"data.path={config.GetProperty("data").GetProperty("path").GetString()}", "--kinds", "target_energy:number");
        Assert.True(result.ExitCode == 0, result.Error);
        return zero;
    }

    private static JsonElement Result(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement.GetProperty("metrics");

    private static int Epochs(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement.GetProperty("epoch").GetInt32();

    private string Weights(string run)
    {
        var file = fixture.File("weights.safetensors");
        Assert.Equal(0, CliRunner.Run("convert", "export", run, file, "--checkpoint", "last").ExitCode);
        return Convert.ToHexString(File.ReadAllBytes(file));
    }

    private static string[][] Rows(string csv) =>
        [.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}
