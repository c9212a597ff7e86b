using System.Text.Json;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Tests.Support;
using LieConv.Tests.Training.Checkpoints;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Tests.Cli;

/// <summary>The commands of molecules from end to end on the built-in sample, with networks that train in a moment.</summary>
[Collection("Serial")]
public sealed class MoleculeCommandTests : IDisposable
{
    private const string Water = "3\nwater\nO 0 0 0.119\nH 0 0.763 -0.477\nH 0 -0.763 -0.477\n";
    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public MoleculeCommandTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));

    private string Run => _folder.File("run");

    [Fact]
    public void Train_OneTarget_LeavesACompleteRun()
    {
        var result = CliRunner.Run(Tiny("--task", "homo", "--out", Run));
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(
            @"^Test MAE of homo [\d.]+ \[[\d.]+, [\d.]+\] meV, 40 molecules, MolecLieResNet T3, epoch \d, \d+ s of training\.\n",
            result.Output);
        foreach (var name in new[] { "config.json", "metrics.jsonl", "result.json", "curves.png", "parity.png", "errors.png", "worst.png" })
            Assert.True(File.Exists(Path.Combine(Run, name)), name);
    }

    [Theory]
    [InlineData("MolecLieResNet", "SE3")]
    [InlineData("MolecLieResNet", "SO3")]
    [InlineData("MolecLieResNet", "Trivial3")]
    [InlineData("MolecGN", null)]
    public void Train_EveryNetwork_Trains(string network, string? group)
    {
        var args = Tiny("--task", "mu", "--network", network, "--epochs", "1", "--out", Run);
        Assert.Equal(0, CliRunner.Run(group is null ? args : [.. args, "--group", group]).ExitCode);
    }

    [Fact]
    public void Train_LargeProductsInBfloat16_IsEvaluatedTheSameWay()
    {
        var trained = Json(Tiny(
            "--epochs", "1", "--precision", "bf16", "--set", "model.channels=128", "--out", Run, "--json"));
        Assert.Contains("\"precision\": \"bf16\"", File.ReadAllText(Path.Combine(Run, "config.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("roducts", File.ReadAllText(Path.Combine(Run, "config.json")), StringComparison.Ordinal);
        var evaluated = Json("evaluate", Run, "--json").GetProperty("result");
        double Error(JsonElement of) => of.GetProperty("metrics").GetProperty("mae").GetDouble();
        Assert.Equal(Error(trained), Error(evaluated));
    }

    [Fact]
    public void Train_AllTargets_ReportsEach()
    {
        var metrics = Json(Tiny("--task", "all", "--out", Run, "--json")).GetProperty("metrics");
        foreach (var name in new[] { "alpha", "gap", "homo", "lumo", "mu", "Cv", "G", "H", "r2", "U", "U0", "zpve" })
            Assert.True(metrics.GetProperty(name + ".mae").GetDouble() > 0, name);
    }

    [Fact]
    public void Resume_StoppedByTheClock_EndsAsAnUninterruptedRun()
    {
        var straight = Json(Tiny("--out", Run, "--json", "--ema", "0.9"));
        var other = _folder.File("other");
        Assert.Equal("TimeBudget", Json(Tiny("--out", other, "--json", "--ema", "0.9", "--max-minutes", "0.00001"))
            .GetProperty("stopped").GetString());
        var resumed = Json("train", "qm9", "--resume", other, "--max-minutes", "0", "--json");
        Assert.Equal(straight.GetProperty("metrics").GetRawText(), resumed.GetProperty("metrics").GetRawText());
    }

    [Fact]
    public void Evaluate_T3_DoesNotSeeTranslationsAndSeesRotations()
    {
        Json(Tiny("--out", Run, "--json"));
        var rows = Json("evaluate", Run, "--average", "2", "--json").GetProperty("transforms").EnumerateArray()
            .ToDictionary(
                row => $"{row.GetProperty("transform")} {row.GetProperty("average")}",
                row => row.GetProperty("metrics").GetProperty("mae").GetDouble());
        var translated = Math.Abs(rows["None 1"] - rows["T3 1"]) / rows["None 1"];
        var rotated = Math.Abs(rows["None 1"] - rows["SO3 1"]) / rows["None 1"];
        Assert.InRange(translated, 0, 1e-5);
        Assert.True(rotated > 10 * translated, $"{rotated} against {translated}");
        Assert.Contains("SO3 2", rows.Keys);
    }

    [Fact]
    public void Predict_AFolderWithBrokenFiles_NamesThemAndPredictsTheRest()
    {
        Json(Tiny("--out", Run, "--json"));
        var files = Directory.CreateDirectory(_folder.File("molecules")).FullName;
        File.WriteAllText(Path.Combine(files, "a.xyz"), Water);
        File.WriteAllText(Path.Combine(files, "b.xyz"), Water.Replace("0.763", "zero", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(files, "c.xyz"), Water.Replace("O", "Xe", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(files, "d.sdf"), "not an sdf\n");
        File.WriteAllText(Path.Combine(files, "e.xyz"), Water);
        var table = _folder.File("out.csv");
        var result = CliRunner.Run("predict", Run, "--molecules", files, "--out", table);
        Assert.Equal(2, result.ExitCode);
        foreach (var name in new[] { "b.xyz", "c.xyz", "d.sdf" }) Assert.Contains(name, result.Error);
        var lines = File.ReadAllLines(table);
        Assert.Equal("file,molecule,formula,homo (meV)", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Contains(",1,H2O,", lines[1]);
        Assert.Equal(lines[1].Split(',')[3], lines[2].Split(',')[3]);
    }

    /// <summary>Weights that are finite and far too large: the prediction overflows, which is said, not written.</summary>
    [Fact]
    public void PredictAndEvaluate_PredictionsThatAreNotFinite_SaySoAndEndWithTwo()
    {
        Json(Tiny("--out", Run, "--json"));
        var file = _folder.File("water.xyz");
        File.WriteAllText(file, Water);
        File.Delete(Path.Combine(Run, "checkpoints", "best.json"));
        foreach (var spare in Directory.GetFiles(Path.Combine(Run, "checkpoints"), "weights-*"))
            if (!File.ReadAllText(Path.Combine(Run, "checkpoints", "last.json")).Contains(Path.GetFileName(spare), StringComparison.Ordinal))
                File.Delete(spare);
        WeightFaultTests.Damage(Path.Combine(Run, "checkpoints"), "model.net.head.weight", 3e38);
        WeightFaultTests.Damage(Path.Combine(Run, "checkpoints"), "model.net.head.bias", 3e38);
        var predicted = CliRunner.Run("predict", Run, "--molecules", file);
        Assert.Equal(2, predicted.ExitCode);
        Assert.Equal("", predicted.Output);
        Assert.Contains($"'{file}': molecule 1 (H2O): the predicted homo is not a finite number; left out.", predicted.Error);
        var evaluated = CliRunner.Run("evaluate", Run, "--json");
        Assert.Equal(2, evaluated.ExitCode);
        Assert.Contains("The network's predictions are not finite: mae is ", evaluated.Error);
        WeightFaultTests.Damage(Path.Combine(Run, "checkpoints"), "model.net.head.bias", double.NaN);
        var refused = CliRunner.Run("predict", Run, "--molecules", file);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("tensor 'model.net.head.bias' holds NaN", refused.Error);
    }

    [Theory]
    [InlineData("--task is 'x'", "--task", "x")]
    [InlineData("network", "--network", "x")]
    [InlineData("transform", "--augment", "x")]
    [InlineData("2-dimensional", "--group", "T2")]
    [InlineData("--train is '0'", "--train", "0")]
    [InlineData("--split is '5,6'; expected three whole numbers", "--split", "5,6")]
    [InlineData("There are 401 molecules, too few for 400", "--train", "400")]
    public void Train_BadInput_SaysSoInOneLine(string expected, string option, string value)
    {
        var result = CliRunner.Run(Tiny("--out", Run, option, value));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected.Replace("--task is 'x'", "'x'", StringComparison.Ordinal), result.Error);
        Assert.False(Directory.Exists(Run));
    }

    /// <summary>Frames are exact with all neighbours, and in distribution only with drawn ones.</summary>
    [Fact]
    public void Train_WithFrames_TakesAllNeighboursUnlessToldOtherwise()
    {
        const string sentence = "Neighbours are drawn at random from balls";
        string[] framed = Tiny("--group", "SE3", "--epochs", "1", "--set", "model.block.frames=Weighted");
        string Config() => File.ReadAllText(Path.Combine(Run, "config.json"));
        var exact = CliRunner.Run([.. framed, "--out", Run]);
        Assert.Equal(0, exact.ExitCode);
        Assert.DoesNotContain(sentence, exact.Error);
        Assert.Contains("\"neighborhood\": \"Everything\"", Config());

        Directory.Delete(Run, recursive: true);
        var drawn = CliRunner.Run([.. framed, "--out", Run, "--set", "model.block.sampleCount=25"]);
        Assert.Equal(0, drawn.ExitCode);
        Assert.Single(drawn.Error.Split('\n'), line => line.Contains(sentence, StringComparison.Ordinal));
        Assert.Contains("\"neighborhood\": \"Ball\"", Config());

        // A run of before, which names the ball by its size only, is still one.
        File.WriteAllText(Path.Combine(Run, "config.json"), Config().Replace(
            "\"neighborhood\": \"Ball\"", "\"neighborhood\": null", StringComparison.Ordinal));
        using var run = MoleculeRun.Open(Run, config => config, _ => { });
        Assert.Equal(NeighborhoodKind.Ball, ((MolecularLieResNet)run.Model).Network.Options.Block.Neighborhood);
    }

    [Fact]
    public void Predict_RunOfMolecules_WantsMolecules()
    {
        Json(Tiny("--out", Run, "--json"));
        Assert.Contains("--molecules", CliRunner.Run("predict", Run).Error);
        Assert.Contains("--steps is for", CliRunner.Run("predict", Run, "--steps", "3").Error);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    /// <summary>A tiny training, in which the given options take the place of the usual ones.</summary>
    private static string[] Tiny(params string[] more)
    {
        string[] usual = ["--train", "60", "--validation", "20", "--test", "40", "--epochs", "2", "--batch", "20"];
        var kept = usual.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(pair => pair);
        return ["train", "qm9", .. kept, "--set", "model.channels=16", "--set", "model.layers=2", .. more];
    }

    private static JsonElement Json(params string[] args)
    {
        var result = CliRunner.Run(args);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
