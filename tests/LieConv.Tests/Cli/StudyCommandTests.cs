using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
public sealed class StudyCommandTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--set", "data.testCount=6", "--set", "data.validationCount=4", "--set", "data.particles=3", "--set",
        "model.channels=8", "--set", "model.layers=1", "--set", "train.epochs=2", "--threads", "1",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public StudyCommandTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));

    private string Out => _folder.File("study");

    [Fact]
    public void Study_TwoCalls_FillOneTableAndTrainNothingTwice()
    {
        Assert.Equal(0, Study("FC", "3", "0").ExitCode);
        var first = File.GetLastWriteTimeUtc(Path.Combine(Out, "FC", "n3", "seed0", "result.json"));
        var second = Study("FC,HLieResNet:T2", "3,5", "0");
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(first, File.GetLastWriteTimeUtc(Path.Combine(Out, "FC", "n3", "seed0", "result.json")));
        Assert.DoesNotContain("FC/n3", second.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Out, "HLieResNet-T2", "n5", "seed0", "result.json")));
        Assert.Matches(@"^training size +FC +HLieResNet-T2\n3 +\S+ +\S+\n5 +\S+ +\S+\n$", second.Output);
        Assert.Equal(
            4, JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "study.json"))).RootElement.GetArrayLength());
        foreach (var name in new[] { "study.md", "study.png" }) Assert.True(File.Exists(Path.Combine(Out, name)), name);
    }

    [Fact]
    public void Study_TimeIsUsedUp_SaysWhatIsLeftAndGoesOn()
    {
        var stopped = Study("FC", "3", "0,1", "--max-minutes", "0.00001");
        Assert.Equal((0, ""), (stopped.ExitCode, stopped.Output));
        Assert.Contains("2 of 2 trainings are left; the same command goes on with them.\n", stopped.Error, StringComparison.Ordinal);
        Assert.Matches(@"^training size +FC\n3 +\S+ \(x\S+, 2 seeds\)\n$", Study("FC", "3", "0,1").Output);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Study_AnotherFillsTheFolder_LeavesItsCellAndTrainsTheOthers()
    {
        var busy = LieConv.Training.Runs.RunFolder.Create(Path.Combine(Out, "FC", "n3", "seed0"));
        var result = Study("FC", "3,5", "0");
        busy.Release();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"'{busy.Path}' is being trained by another process; ", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 trainings are left; the same command goes on with them.\n", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"^training size +FC\n5 +\S+\n$", result.Output);
    }

    [Fact]
    public void Study_LossIsNotFinite_CountsAsFailed()
    {
        // Positions of this size are finite in float32, their squares are not.
        var result = Study("FC", "3", "0", "--set", "data.timeStep=1e25");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^training size +FC\n3 +failed\n$", result.Output);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Study_OtherSettingsInTheSameFolder_AreRefused()
    {
        Assert.Equal(0, Study("flieresnet:t2", "3", "0").ExitCode);
        var run = Path.Combine(Out, "FLieResNet-T2", "n3", "seed0");
        var wider = Study("FLieResNet", "3", "0", "--set", "model.channels=12");
        Assert.Equal(
            (2, $"'{run}' was trained with model.channels=8, not 12; choose another --out for other settings.\n"),
            (wider.ExitCode, wider.Error));
        var otherTask = CliRunner.Run(
            ["study", "nbody", "--networks", "FLieResNet:T2", "--sizes", "3", "--out", Out, .. Small]);
        Assert.Equal(2, otherTask.ExitCode);
        Assert.Equal(
            $"'{Out}' has runs of springs, such as '{run}'; expected a folder of runs of nbody alone, or a new one.\n",
            otherTask.Error);
        Assert.Equal(0, Study("FLieResNet", "3,4", "0", "--max-minutes", "60").ExitCode);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("XC", "3", "0", "Unknown network 'XC'; expected one of HLieResNet, FLieResNet, LieTransformer, FC, HFC, OGN, HOGN, VOGN.\n")]
    [InlineData("FC:T2", "3", "0", "FC has no group; leave out 'T2'. Those that have one are HLieResNet, FLieResNet, LieTransformer.\n")]
    [InlineData("FC", "3,x", "0", "--sizes is '3,x'; expected whole numbers from 1, separated by commas.\n")]
    [InlineData("FC", "1,000", "0", "--sizes is '1,000'; expected whole numbers from 1, separated by commas.\n")]
    [InlineData("FC", "3", "0.5", "--seeds is '0.5'; expected whole numbers from 0, separated by commas.\n")]
    [InlineData("FC,HLieResNet:SE2(0,05)", "3", "0", "The distance weight in 'SE2(0,05)' is '0,05'; expected a number from 0 to 1, as in SE2:0.05.\n")]
    [InlineData("FC", "3", "-1", "--seeds is '-1'; expected whole numbers from 0, separated by commas.\n")]
    public void Study_BadInput_IsOneSentence(string networks, string sizes, string seeds, string expected)
    {
        var result = Study(networks, sizes, seeds);
        Assert.Equal((2, expected), (result.ExitCode, result.Error));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Study_FolderIsAFile_SaysSoAtOnce()
    {
        File.WriteAllText(Out, "notes");
        var result = Study("FC", "3", "0");
        Assert.Equal((2, $"'{Out}' is a file; expected a folder.\n"), (result.ExitCode, result.Error));
        Assert.Equal("notes", File.ReadAllText(Out));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Study_GroupOfAnotherSpace_SaysHowToWriteIt()
    {
        var result = Study("FC,HLieResNet", "3", "0", "--set", "data.dimensions=3");
        Assert.Equal(
            (2, "T2 acts on 2-dimensional points, but the particles move in 3 dimensions; write a group of that space " +
                "after the network, such as HLieResNet:T3.\n"),
            (result.ExitCode, result.Error));
        Assert.False(Directory.Exists(Out));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    private CliRunner Study(string networks, string sizes, string seeds, params string[] more) => CliRunner.Run(
    [
        "study", "springs", "--networks", networks, "--sizes", sizes, "--seeds", seeds, "--out", Out, .. Small, .. more,
    ]);
}
