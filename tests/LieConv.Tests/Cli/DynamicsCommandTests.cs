using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>The commands of moving particles from end to end, on networks that train in a moment.</summary>
[Collection("Serial")]
public sealed class DynamicsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public DynamicsCommandTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));

    private string Run => _folder.File("run");

    [Fact]
    public void Train_FullyConnected_LeavesACompleteRun()
    {
        var result = CliRunner.Run(Tiny("FC", "--out", Run));
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^Test MSE \d\.\d\de-\d \(8 systems\), FC, epoch \d, \d+ s of training\.\n", result.Output);
        Assert.Matches(
            @"epoch 2/2  validation mse \d\.\d\de-\d  train mse \d\.\d\de-\d  \d+ systems/s", result.Error);
        foreach (var name in new[] { "config.json", "metrics.jsonl", "result.json", "curves.png" })
            Assert.True(File.Exists(Path.Combine(Run, name)), name);
    }

    [Theory]
    [InlineData("HFC", "springs")]
    [InlineData("OGN", "springs")]
    [InlineData("HOGN", "nbody")]
    [InlineData("VOGN", "springs")]
    [InlineData("FLieResNet", "nbody")]
    public void Train_EveryNetwork_Trains(string network, string task)
    {
        var args = Tiny(network, "--out", Run, "--epochs", "1", "--set", "data.points=10");
        args[1] = task;
        Assert.Equal(0, CliRunner.Run(args).ExitCode);
    }

    /// <summary>Subgroups of coordinates train by name, and are what the run says that it has.</summary>
    [Theory]
    [InlineData("SE2[0]", "2", "SE2[0]")]
    [InlineData("se3[5, 2]:0.3", "3", "SE3[2,5]:0.3")]
    [InlineData("Rx", "3", "Rx3")]
    public void Train_SubgroupByName_Trains(string group, string dimensions, string name)
    {
        var args = Tiny(
            "HLieResNet", "--group", group, "--dim", dimensions, "--out", Run, "--epochs", "1", "--set", "data.points=10");
        var result = CliRunner.Run(args);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"HLieResNet {name}, epoch 1", result.Output, StringComparison.Ordinal);
    }

    /// <summary>A float32 network cannot meet the solver's usual tolerance of 1e-6 a step: said once, before it trains.
    /// </summary>
    [Theory]
    [InlineData("float32", true), InlineData("float64", false)]
    public void Train_ToleranceFinerThanThePrecision_SaysSo(string precision, bool isSaid)
    {
        var result = CliRunner.Run(Tiny(
            "FC", "--out", Run, "--epochs", "1", "--solver", "dopri5", "--precision", precision));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(isSaid, result.Error.Contains(
            "dopri5: RelativeTolerance is 1e-06, finer than Float32 can meet; 1.19e-05 held instead, which is 100 " +
            "epsilons.\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_AveragedWeightsAndEarlyStopping_EndsSoonerAndEvaluateFindsTheAverage()
    {
        var trained = Json(Tiny(
            "FC", "--out", Run, "--json", "--epochs", "40", "--ema", "0.9", "--clip", "1e-9", "--lr", "1e-9",
            "--early-stopping", "1"));
        Assert.Equal("EarlyStopping", trained.GetProperty("stopped").GetString());
        var evaluated = Json("evaluate", Run, "--json", "--steps", "2");
        Assert.Equal(
            trained.GetProperty("metrics").GetProperty("mse").GetRawText(),
            evaluated.GetProperty("result").GetProperty("metrics").GetProperty("mse").GetRawText());
    }

    [Fact]
    public void Resume_StoppedByTheClock_EndsAsAnUninterruptedRun()
    {
        var straight = Json(Tiny("FC", "--out", Run, "--json"));
        var other = _folder.File("other");
        var stopped = Json(Tiny("FC", "--out", other, "--json", "--max-minutes", "0.00001"));
        Assert.Equal("TimeBudget", stopped.GetProperty("stopped").GetString());
        var resumed = Json("train", "springs", "--resume", other, "--max-minutes", "0", "--json");
        Assert.Equal(straight.GetProperty("metrics").GetRawText(), resumed.GetProperty("metrics").GetRawText());
        Assert.Equal(Weights(Run), Weights(other));
    }

    [Fact]
    public void Evaluate_HLieResNet_ConservesMomentumAndLeavesThePictures()
    {
        var trained = Json(Tiny("HLieResNet", "--out", Run, "--json"));
        var evaluated = Json("evaluate", Run, "--steps", "30", "--systems", "4", "--json");
        var curves = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "rollout.json"))).RootElement;
        Assert.Equal(0, curves.GetProperty("errorMedian")[0].GetDouble()); // both motions begin in the same state
        Assert.Equal(
            trained.GetProperty("metrics").GetProperty("mse").GetDouble(),
            evaluated.GetProperty("result").GetProperty("metrics").GetProperty("mse").GetDouble());
        var rollouts = evaluated.GetProperty("rollouts");
        Assert.InRange(rollouts.GetProperty("linearMomentum").GetProperty("largest").GetDouble(), 0, 1e-6);
        Assert.InRange(rollouts.GetProperty("learnedEnergy").GetProperty("largest").GetDouble(), 0, 1e-3);
        Assert.True(rollouts.GetProperty("angularMomentum").GetProperty("largest").GetDouble() > 1e-6, "T2 turned");
        foreach (var name in new[] { "evaluation.json", "rollout.json", "trajectories.png", "rollout.png", "conservation.png", "animation.html" })
            Assert.True(File.Exists(Path.Combine(Run, name)), name);
    }

    [Fact]
    public void Evaluate_InFloat64_ConservesMomentumToRounding()
    {
        Assert.Equal(0, CliRunner.Run(Tiny("HLieResNet", "--out", Run, "--precision", "float64")).ExitCode);
        var rollouts = Json("evaluate", Run, "--systems", "4", "--json").GetProperty("rollouts");
        Assert.InRange(rollouts.GetProperty("linearMomentum").GetProperty("largest").GetDouble(), 0, 1e-12);
    }

    [Fact]
    public void Evaluate_Text_HasTheTable()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        var text = CliRunner.Run("evaluate", Run, "--steps", "600", "--systems", "2", "--solver", "midpoint").Output;
        Assert.Contains("\nRollouts of 600 steps of 0.01 from 2 test systems (midpoint), ", text, StringComparison.Ordinal);
        Assert.Matches(@"\nlinear momentum drift +\d\.\d\de-?\d+ +\d\.\d\de-?\d+\n", text);
        Assert.DoesNotContain("learned energy", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_FewTestSystems_RollsOutAllOfThem()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        var rollouts = Json("evaluate", Run, "--steps", "5", "--json").GetProperty("rollouts");
        Assert.Equal(8, rollouts.GetProperty("systems").GetInt32());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Evaluate_WrongRollout_IsRefusedBeforeAnythingIsLoaded()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        Assert.Equal(
            "systems is 9; expected 1 to 8, the test systems.\n", CliRunner.Run("evaluate", Run, "--systems", "9").Error);
        var result = CliRunner.Run("evaluate", Run, "--solver", "dopri");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("\"dopri\" is no solver; expected one of ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Run, "evaluation.json")));
    }

    /// <summary>A folder in the place of the file stands for a run that cannot be written, which root always can.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Evaluate_FolderCannotBeWritten_PrintsTheResult()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        Directory.CreateDirectory(Path.Combine(Run, "evaluation.json"));
        var result = CliRunner.Run("evaluate", Run, "--steps", "5");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Test MSE ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Written: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("The evaluation is printed but not kept: Cannot write '", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_Export_WritesOurNames()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        var file = _folder.File("w.safetensors");
        Assert.Equal(0, CliRunner.Run("convert", "export", Run, file).ExitCode);
        Assert.True(File.Exists(file));
        Assert.Equal(
            (0, $"Wrote 4 tensors to {file}.\n"),
            CliRunner.Run("convert", "export", Run, file, "--original") is var original ? (original.ExitCode, original.Output) : default);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Commands_RunsOfAnotherTask_AreToldApart()
    {
        CliRunner.Run(Tiny("FC", "--out", Run));
        var config = Path.Combine(Run, "config.json");
        Assert.Equal(
            $"'{config}' is of a run of springs; expected rotmnist.\n", CliRunner.Run("equivariance", Run).Error);
        Assert.Equal(
            $"'{config}' is of a run of springs; expected rotmnist.\n",
            CliRunner.Run("train", "rotmnist", "--resume", Run).Error);
        Assert.Equal(
            $"'{Run}' is a run of springs; continue it with lieconv train springs.\n",
            CliRunner.Run("train", "nbody", "--resume", Run).Error);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    internal static string[] Tiny(string network, params string[] more)
    {
        string[] epochs = more.Contains("--epochs") ? [] : ["--epochs", "2"];
        return
        [
            "train", "springs", "--network", network, "--train", "9", "--batch", "4", "--threads", "1",
            "--particles", "3", "--set", "data.testCount=8", "--set", "data.validationCount=4", "--set", "model.channels=8",
            "--set", "model.layers=1", .. epochs, .. more,
        ];
    }

    internal static JsonElement Json(params string[] args)
    {
        var result = CliRunner.Run(args);
        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static string Weights(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "checkpoints", "last.json"))).RootElement
            .GetProperty("sha256").GetString()!;
}
