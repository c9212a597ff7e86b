using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>The commands from end to end on a network that trains in a moment.</summary>
[Collection("Serial")]
public sealed class TrainRotMnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    // An empty default data folder: the embedded sample is used, whatever this machine has.
    public TrainRotMnistTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("no-data"));

    private string Run => _folder.File("run");

    [Fact]
    public void Train_Tiny_LeavesACompleteRunAndSaysWhatTheDataAre()
    {
        var result = CliRunner.Run(Tiny("--epochs", "2"));
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^Test error \d+\.\d\d % \(\d+ of 40 images\), T2, epoch 2, \d+ s of training\.\n", result.Output);
        Assert.Contains("embedded sample", result.Output, StringComparison.Ordinal);
        Assert.Contains("embedded sample", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.DoesNotContain("\u001b", result.Error, StringComparison.Ordinal);
        foreach (var name in new[] { "config.json", "metrics.jsonl", "result.json", "curves.png", "confusion.png", "worst.png" })
            Assert.True(File.Exists(Path.Combine(Run, name)), name);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(Run, "metrics.jsonl")).Length);
    }

    [Fact]
    public void Evaluate_FinishedRun_ReproducesTheResult()
    {
        var trained = Json(CliRunner.Run(Tiny("--epochs", "1", "--json")));
        var evaluated = Json(CliRunner.Run("evaluate", Run, "--json"));
        Assert.Equal(trained.GetProperty("metrics").GetRawText(), evaluated.GetProperty("metrics").GetRawText());
        Assert.True(evaluated.GetProperty("embeddedSample").GetBoolean());
    }

    [Fact]
    public void Resume_StoppedByTheClock_EndsAsAnUninterruptedRun()
    {
        var straight = Json(CliRunner.Run(Tiny("--epochs", "2", "--json")));
        var other = _folder.File("other");
        var stopped = Json(CliRunner.Run([.. Tiny("--epochs", "2", "--json", "--max-minutes", "0.00001"), "--out", other]));
        Assert.Equal("TimeBudget", stopped.GetProperty("stopped").GetString());
        var resumed = Json(CliRunner.Run("train", "rotmnist", "--resume", other, "--max-minutes", "0", "--json"));
        Assert.Equal("Completed", resumed.GetProperty("stopped").GetString());
        Assert.Equal(straight.GetProperty("metrics").GetRawText(), resumed.GetProperty("metrics").GetRawText());
        Assert.Equal(Weights(Run), Weights(other));
    }

    [Fact]
    public void Train_LargeProductsInBfloat16_LeavesFloat32Weights()
    {
        Json(CliRunner.Run(Tiny("--epochs", "1", "--precision", "bf16", "--json")));
        Assert.DoesNotContain("BF16", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(
            Directory.GetFiles(Path.Combine(Run, "checkpoints"), "*.safetensors")[0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_EndedBeforeItsFirstCheckpoint_BeginsAnewWithAnEmptyLog()
    {
        Assert.Equal(0, CliRunner.Run(Tiny("--epochs", "1")).ExitCode);
        Directory.Delete(Path.Combine(Run, "checkpoints"), recursive: true);
        Assert.Equal(0, CliRunner.Run("train", "rotmnist", "--resume", Run).ExitCode);
        Assert.Single(File.ReadAllLines(Path.Combine(Run, "metrics.jsonl")));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Resume_CheckpointsWereTakenAway_IsRefusedAndNothingIsLost()
    {
        Assert.Equal(0, CliRunner.Run(Tiny("--epochs", "2")).ExitCode);
        var (checkpoints, log) = (Path.Combine(Run, "checkpoints"), Path.Combine(Run, "metrics.jsonl"));
        var lines = File.ReadAllLines(log);
        File.Delete(Path.Combine(checkpoints, "last.json"));
        Directory.Move(Path.Combine(checkpoints, "previous"), _folder.File("previous"));
        var weights = Directory.GetFiles(checkpoints);
        var refused = CliRunner.Run("train", "rotmnist", "--resume", Run);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("though there are weights beside it; put it back, or begin a new run.\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(weights, Directory.GetFiles(checkpoints));
        Directory.Delete(checkpoints, recursive: true);
        refused = CliRunner.Run("train", "rotmnist", "--resume", Run);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("has the figures of 2 epochs, but no checkpoint to go on from;", refused.Error, StringComparison.Ordinal);
        Assert.Equal(lines, File.ReadAllLines(log));
        Directory.CreateDirectory(checkpoints);
        Directory.Move(_folder.File("previous"), Path.Combine(checkpoints, "previous"));
        var resumed = CliRunner.Run("train", "rotmnist", "--resume", Run);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("; going on from the checkpoint before it, after step 3.\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(log).Length);
    }

    /// <summary>The minutes of a session are no setting of the run: who continues it has no limit, or another.</summary>
    [Fact]
    public void Resume_OfASessionWithALimit_HasNone()
    {
        var stopped = Json(CliRunner.Run([.. Tiny("--epochs", "2", "--json", "--max-minutes", "0.00001"), "--out", Run]));
        Assert.Equal("TimeBudget", stopped.GetProperty("stopped").GetString());
        Assert.Equal("Completed", Json(CliRunner.Run("train", "rotmnist", "--resume", Run, "--json")).GetProperty("stopped").GetString());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Resume_ConfigWasEdited_NamesWhatChanged()
    {
        Json(CliRunner.Run([.. Tiny("--epochs", "2", "--json", "--max-minutes", "0.00001"), "--out", Run]));
        var config = Path.Combine(Run, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"epochs\": 2", "\"epochs\": 3", StringComparison.Ordinal));
        var resumed = CliRunner.Run("train", "rotmnist", "--resume", Run, "--threads", "1");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains(
            "\nconfig.json was changed since the last checkpoint: train.epochs was 2 and is 3; the training goes on with what it says now.\n",
            resumed.Error, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(Run, "metrics.jsonl")).Length);
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"batch\": 25", "\"batch\": 20", StringComparison.Ordinal));
        var refused = CliRunner.Run("train", "rotmnist", "--resume", Run);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("a training cannot go on with another train.batch: set it back", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_ThroughTheOriginalsNames_GivesTheSameResult()
    {
        var trained = Json(CliRunner.Run(Tiny("--epochs", "1", "--json")));
        var (file, imported) = (_folder.File("w.safetensors"), _folder.File("imported"));
        Assert.Equal(0, CliRunner.Run("convert", "export", Run, file, "--original").ExitCode);
        var made = CliRunner.Run(["convert", "import", file, "--original", "--out", imported, .. TinySettings]);
        Assert.Equal((0, $"Made {imported}; try: lieconv evaluate {imported}\n"), (made.ExitCode, made.Output));
        var evaluated = Json(CliRunner.Run("evaluate", imported, "--json"));
        Assert.Equal(trained.GetProperty("metrics").GetRawText(), evaluated.GetProperty("metrics").GetRawText());

        var wrong = CliRunner.Run(["convert", "import", file, "--out", _folder.File("wrong"), .. TinySettings]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.EndsWith("which this model has.\n", wrong.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("wrong")));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Resume_OtherData_IsRefused()
    {
        CliRunner.Run(Tiny("--epochs", "1"));
        var config = Path.Combine(Run, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("embedded sample", "full set", StringComparison.Ordinal));
        var result = CliRunner.Run("train", "rotmnist", "--resume", Run);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("was started on other data: 'full set", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Resume_CheckpointIsDamaged_IsOneSentence()
    {
        CliRunner.Run(Tiny("--epochs", "1"));
        var weights = Directory.GetFiles(Path.Combine(Run, "checkpoints"), "*.safetensors").Single();
        using (var stream = File.OpenWrite(weights)) stream.SetLength(stream.Length - 1);
        var result = CliRunner.Run("evaluate", Run);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is damaged: its SHA-256 is ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    private static string[] TinySettings { get; } =
    [
        "--train", "60", "--batch", "25", "--set", "data.testCount=40", "--set", "model.channels=4",
        "--set", "model.layers=1", "--set", "model.block.sampleCount=8", "--group", "T2",
    ];

    private string[] Tiny(params string[] more)
    {
        string[] folder = more.Contains("--max-minutes") ? [] : ["--out", Run];
        return ["train", "rotmnist", .. TinySettings, .. folder, .. more];
    }

    private static JsonElement Json(CliRunner result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static string Weights(string run) =>
        Path.GetFileName(Directory.GetFiles(Path.Combine(run, "checkpoints"), "*.safetensors").Single());
}
