using System.Globalization;
using System.Text.Json;
using LieConv.Training.Description;
using LieConv.Training.Tasks.Points;
using TorchSharp;

namespace LieConv.Tests.Cli;

/// <summary>From made data to predictions for new sets, all by the command line.</summary>
[Collection("Serial")]
public sealed class PointCommandTests(PointRunFixture fixture) : IClassFixture<PointRunFixture>
{
    private string Run => fixture.Run;

    [Fact]
    public void Train_MadeShapes_LeavesAllFiles()
    {
        Assert.Equal((0, 0), (fixture.Made.ExitCode, fixture.Trained.ExitCode));
        foreach (var name in new[]
                 {
                     "config.json", "split.json", "result.json", "calibration.json", "metrics.jsonl", "confusion.png",
                     "reliability.png", "worst.png", "curves.png",
                 })
            Assert.True(File.Exists(Path.Combine(Run, name)), name);
        Assert.Contains("label", fixture.Trained.Error, StringComparison.Ordinal);
        var split = Json("split.json");
        Assert.Equal([30, 15, 15], new[] { "training", "validation", "test" }
            .Select(part => split.GetProperty(part).GetArrayLength()));
        var found = Json("config.json").GetProperty("found");
        Assert.Equal(5, found.GetProperty("schema").GetProperty("targets")[0].GetProperty("classes").GetArrayLength());
        Assert.Equal(15, Json("result.json").GetProperty("evaluated").GetInt32());
    }

    /// <summary>Small sets of a group that turns points are seen from weighted frames: exact in any weights.</summary>
    [Fact]
    public void Evaluate_Run_SaysCoverageAndChangeUnderTheGroup()
    {
        var text = CliRunner.Run("evaluate", Run, "--threads", "1");
        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"coverage +[0-9.]+ % of 90 % asked for, sets of [0-9.]+ classes", text.Output);
        Assert.Contains("Change of the answers under random elements of SE2: ", text.Output, StringComparison.Ordinal);
        var report = JsonDocument.Parse(CliRunner.Run("evaluate", Run, "--json", "--coverage", "0.6", "--threads", "1")
            .Output).RootElement;
        var motion = report.GetProperty("motion");
        Assert.InRange(motion.GetProperty("largest").GetDouble(), 0, 1e-4);
        Assert.Equal(("SE2", 15), (motion.GetProperty("group").GetString(), motion.GetProperty("sets").GetInt32()));
        var coverage = report.GetProperty("targets")[0].GetProperty("coverage");
        Assert.Equal(0.6, coverage.GetProperty("level").GetDouble());
        Assert.InRange(coverage.GetProperty("coverage").GetDouble(), 0.2, 1);
    }

    /// <summary>What evaluate says beside the figures is of the same pass over the test sets: weights that change after it
    /// change nothing.</summary>
    [Fact]
    public void Measure_EvaluatedRun_UsesTheSameAnswers()
    {
        var task = new OwnPoints();
        using var run = task.Open(Run, config => config, static _ => { });
        var evaluated = run.Evaluate(null, static (_, _) => { }, CancellationToken.None);
        using (torch.no_grad())
            foreach (var weights in run.Objective.Model.parameters()) weights.zero_();
        var report = (PointReport)task.Measure!.Measure(
            run, evaluated, SettingValues.None, CancellationToken.None).Report;
        Assert.Equal(evaluated.Metrics["loss"], Assert.Single(report.Targets).Metrics["loss"], 1e-5);
        Assert.NotEqual(Math.Log(5), evaluated.Metrics["loss"], 1e-4); // as the changed network would say
    }

    [Fact]
    public void Predict_OneBrokenSetOfThree_LosesOnlyThat()
    {
        var file = fixture.File("new.csv");
        var rows = File.ReadLines(fixture.Data).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0]).Take(3)
            .SelectMany((set, place) => set.Select((cells, i) =>
                $"{cells[0]},{(place == 1 && i == 2 ? "oops" : cells[1])},{cells[2]}")).ToArray();
        File.WriteAllLines(file, ["set,x,y", .. rows]);
        var result = CliRunner.Run("predict", Run, file, "--coverage", "0.8", "--threads", "1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("new.csv, line ", result.Error, StringComparison.Ordinal);
        Assert.Contains("'oops'", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("2 sets were predicted; for what could not be, see the lines above.\n", result.Error, StringComparison.Ordinal);
        var lines = result.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Equal(["set", "label", "label.p(cross)"], lines[0][..3]);
        Assert.Equal("label.set", lines[0][^1]);
        foreach (var line in lines[1..])
        {
            double[] shares = [.. line[2..7].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(1, shares.Sum(), 1e-5);
            Assert.Equal(lines[0][2 + Array.IndexOf(shares, shares.Max())], $"label.p({line[1]})");
        }
    }

    /// <summary>A set's prediction does not depend on the others, nor on their order.</summary>
    [Fact]
    public void Predict_OneSetAlone_IsAsAmongOthers()
    {
        var all = CliRunner.Run("predict", Run, fixture.Data, "--threads", "1");
        Assert.Equal((0, ""), (all.ExitCode, all.Error));
        var last = File.ReadLines(fixture.Data).Last().Split(',')[0];
        var alone = fixture.File("alone.csv");
        File.WriteAllLines(alone, File.ReadLines(fixture.Data).Where(
            (line, i) => i == 0 || line.StartsWith(last + ",", StringComparison.Ordinal)));
        var one = CliRunner.Run("predict", Run, alone, "--threads", "1");
        Assert.Equal(all.Output.TrimEnd('\n').Split('\n')[^1], one.Output.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_WithoutCalibration_SaysWhatWritesIt()
    {
        var run = Copy("uncalibrated");
        File.Delete(Path.Combine(run, "calibration.json"));
        var result = CliRunner.Run("predict", run, fixture.Data, "--coverage", "0.8");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"There is no '{Path.Combine(run, "calibration.json")}'", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, CliRunner.Run("predict", run, fixture.Data, "--out", fixture.File("p.parquet")).ExitCode);
    }

    /// <summary>The same points from another file are the same data; other points are not.</summary>
    [Fact]
    public void Evaluate_PointsOfAnotherFile_GoOnOnlyIfTheyAreTheSame()
    {
        var run = Copy("moved");
        var other = fixture.File("shapes.tsv");
        File.WriteAllText(other, File.ReadAllText(fixture.Data).Replace(',', '\t'));
        var config = Path.Combine(run, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace(
            $"\"path\": \"{fixture.Data}\"", $"\"path\": \"{other}\"", StringComparison.Ordinal));
        Assert.Contains(other, File.ReadAllText(config), StringComparison.Ordinal);
        Assert.Equal(0, CliRunner.Run("evaluate", run, "--threads", "1").ExitCode);
        Assert.Equal(0, CliRunner.Run("train", "points", "--resume", run, "--threads", "1").ExitCode);
        var lines = File.ReadAllLines(other);
        var cells = lines[1].Split('\t');
        lines[1] = string.Join('\t', cells[0], "0.125", cells[2], cells[3]);
        File.WriteAllLines(other, lines);
        foreach (var command in new string[][] { ["evaluate", run], ["train", "points", "--resume", run] })
        {
            var refused = CliRunner.Run(command);
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains($"The run '{run}' was started on other data: ", refused.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>A file that cannot be read loses only itself.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_OneWrongFileOfTwo_PredictsTheOther()
    {
        var wrong = fixture.File("wrong.csv");
        File.WriteAllText(wrong, "set,x\n1,0.5\n");
        var result = CliRunner.Run("predict", Run, wrong, fixture.Data, "--threads", "1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("wrong.csv", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", result.Error, StringComparison.Ordinal);
        Assert.Equal(61, result.Output.TrimEnd('\n').Split('\n').Length);
    }

    /// <summary>A coordinate that float32 does not hold loses its set, by name, and no other.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_NumberBeyondThePrecision_LosesOnlyItsSet()
    {
        var file = fixture.File("far.csv");
        File.WriteAllText(file, "set,x,y\na,0,1\na,1,0\nb,1e200,1\nb,1,0\nc,2,1\n");
        var result = CliRunner.Run("predict", Run, file, "--threads", "1");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{file}, line 4: set 'b' has a number too large for the network; expected ", result.Error,
            StringComparison.Ordinal);
        Assert.Equal(3, result.Output.TrimEnd('\n').Split('\n').Length);
    }

    /// <summary>What a run found belongs to its network: with less of it nothing can be said.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("\"largestSet\": ", "\"largestSet\": -"), InlineData("\"name\": \"label\"", "\"name\": null")]
    [InlineData("\"cross\",", "")]
    public void Use_DamagedFindings_IsOneSentence(string before, string after)
    {
        var run = Copy($"damaged{after.Length}");
        var config = Path.Combine(run, "config.json");
        var text = File.ReadAllText(config);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace(before, after, StringComparison.Ordinal));
        foreach (var command in new string[][] { ["evaluate", run], ["predict", run, fixture.Data] })
        {
            var result = CliRunner.Run(command);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains("found is incomplete or does not go together", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Convert_ExportAndImport_GiveTheSameNetwork()
    {
        var (weights, run) = (fixture.File("w.safetensors"), fixture.File("imported"));
        Assert.Equal(0, CliRunner.Run("convert", "export", Run, weights).ExitCode);
        string[] import =
        [
            "convert", "import", "points", weights, "--data", fixture.Data, "--out", run, "--group", "SE2", "--layers", "1",
            "--split", "0.5,0.25,0.25", "--set", "train.threads=1",
        ];
        var refused = CliRunner.Run([.. import, "--channels", "16"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.False(Directory.Exists(run));
        Assert.Equal(0, CliRunner.Run([.. import, "--channels", "8"]).ExitCode);
        Assert.Equal(
            CliRunner.Run("predict", Run, fixture.Data, "--threads", "1").Output,
            CliRunner.Run("predict", run, fixture.Data, "--threads", "1").Output);
        var original = CliRunner.Run("convert", "export", Run, fixture.File("o.safetensors"), "--original");
        Assert.Equal(
            (2, "The original has no networks for points; leave out --original.\n"), (original.ExitCode, original.Error));
    }

    /// <summary>Numbers of sets are drawn from the training part, and groups are those of the points' space.</summary>
    [Fact]
    public void Study_OfPoints_FillsATableAndTrainsNothingTwice()
    {
        string[] study =
        [
            "study", "points", "--data", fixture.Data, "--networks", "PointNetwork:T,PointNetwork:SO2", "--sizes", "6",
            "--out", fixture.File("study"), "--threads", "1", "--set", "model.channels=8", "--set", "model.layers=1",
            "--set", "train.epochs=1",
        ];
        var first = CliRunner.Run(study);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Matches(@"^training size +PointNetwork-SO2 +PointNetwork-T2\n6 +\S+ +\S+\n$", first.Output);
        var run = Path.Combine(fixture.File("study"), "PointNetwork-T2", "n6", "seed0");
        Assert.Equal(6, JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "config.json"))).RootElement
            .GetProperty("trainCount").GetInt32());
        var again = CliRunner.Run(study);
        Assert.Equal((0, first.Output), (again.ExitCode, again.Output));
        Assert.DoesNotContain("[1/2]", again.Error, StringComparison.Ordinal);
        var wrong = CliRunner.Run([.. study.Select(word => word.Replace(":SO2", ":SO3", StringComparison.Ordinal))]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("SO3 acts on 3-dimensional points, but these have 2; expected one of ", wrong.Error, StringComparison.Ordinal);
    }

    /// <summary>A group that is none, or of other points, is refused before the points are read: the rows would be a
    /// fault.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("--group", "SU5", "Unknown group 'SU5'; expected one of ")]
    [InlineData("--augment", "SU5", "Unknown group 'SU5'; expected one of ")]
    [InlineData("--group", "SE3", "SE3 acts on 3-dimensional points, but these have 2; expected one of ")]
    [InlineData("--augment", "SO3", "SO3 acts on 3-dimensional points, but these have 2; expected one of ")]
    public void Train_WrongGroup_IsRefusedBeforeTheRows(string option, string group, string expected)
    {
        var data = fixture.File("rows.csv");
        File.WriteAllText(data, "set,x,y,label\na,1,nothing,cat\n");
        var result = CliRunner.Run("train", "points", "--data", data, "--out", fixture.File("refused"), option, group);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(fixture.File("refused")));
    }

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, name))).RootElement;

    private string Copy(string name)
    {
        var to = fixture.File(name);
        foreach (var file in Directory.GetFiles(Run, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(Run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return to;
    }
}
