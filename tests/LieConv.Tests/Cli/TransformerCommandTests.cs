using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>The LieTransformer by the command line, for every task: trained, continued, exported, compared.</summary>
[Collection("Serial")]
public sealed class TransformerCommandTests : IDisposable
{
    private static readonly string[] Shape =
    [
        "--network", "LieTransformer", "--set", "model.channels=8", "--set", "model.layers=1", "--epochs", "2",
        "--set", "model.block.attention.heads=2", "--set", "train.threads=1",
    ];

    private static readonly string[] Systems =
    [
        "springs", .. Shape, "--train", "6", "--batch", "3", "--particles", "3", "--set", "data.testCount=4",
        "--set", "data.validationCount=3", "--set", "data.points=10",
    ];

    private static readonly string[] Digits =
    [
        "rotmnist", .. Shape, "--train", "20", "--batch", "10", "--set", "data.testCount=20", "--group", "T2",
    ];

    private static readonly string[] Molecules =
    [
        "qm9", .. Shape, "--train", "40", "--validation", "10", "--test", "10", "--batch", "20", "--group", "SE3",
        "--task", "mu", "--set", "model.block.frames=Weighted",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public TransformerCommandTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));

    public static TheoryData<string> Tasks => ["springs", "rotmnist", "qm9", "points"];

    /// <summary>Stopped by the clock and continued, a training ends with the bits of one that was not; what it learnt is
    /// exported, imported and evaluated as the same.</summary>
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Train_InTwoSessionsAndThroughAFile_IsTheSameNetwork(string task)
    {
        var (settings, run, parts) = (Settings(task), _folder.File("run"), _folder.File("parts"));
        var trained = CliRunner.Run(["train", .. settings, "--out", run]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("LieTransformer", trained.Output, StringComparison.Ordinal);
        Assert.Equal(0, CliRunner.Run(["train", .. settings, "--out", parts, "--max-minutes", "0.00001"]).ExitCode);
        Assert.NotEqual(Weights(run), Weights(parts));
        Assert.Equal(0, CliRunner.Run("train", task, "--resume", parts, "--max-minutes", "0").ExitCode);
        Assert.Equal(Weights(run), Weights(parts));

        // The first line tells the test figure, and after how long a training.
        static string Figure(CliRunner of) => of.Output.Split(", epoch")[0];
        var evaluated = CliRunner.Run(["evaluate", run, .. task == "springs" ? ["--steps", "3"] : Array.Empty<string>()]);
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Equal(Figure(trained), Figure(evaluated));

        var file = _folder.File("w.safetensors");
        Assert.Equal(0, CliRunner.Run("convert", "export", run, file, "--checkpoint", "last").ExitCode);
        var (imported, again) = (_folder.File("imported"), _folder.File("again.safetensors"));
        var import = CliRunner.Run(["convert", "import", task, file, "--out", imported, .. settings[1..]]);
        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Equal(0, CliRunner.Run("convert", "export", imported, again).ExitCode);
        Assert.Equal(Tensors(file), Tensors(again));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("springs"), InlineData("rotmnist"), InlineData("qm9")]
    public void Export_UnderTheOriginalsNames_IsOneSentence(string task)
    {
        var (run, file) = (_folder.File("run"), _folder.File("w.safetensors"));
        Assert.Equal(0, CliRunner.Run(["train", .. Settings(task), "--out", run]).ExitCode);
        var result = CliRunner.Run("convert", "export", run, file, "--original");
        Assert.Equal(
            (2, "The blocks attend (model.block.kind is Attention), which the original's do not; expected weights under " +
                "the names of this library, without --original.\n"),
            (result.ExitCode, result.Error));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Study_BothKindsOfBlocks_AreColumns()
    {
        var result = CliRunner.Run([
            "study", "springs", "--networks", "HLieResNet:T2,LieTransformer:SE2", "--sizes", "3", "--out",
            _folder.File("study"), "--threads", "1", "--set", "train.epochs=1", "--set", "model.channels=8",
            "--set", "model.layers=1", "--set", "data.points=10", "--set", "data.testCount=4",
            "--set", "data.validationCount=3", "--set", "data.particles=3",
        ]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^training size +HLieResNet-T2 +LieTransformer-SE2\n3 +\S+ +\S+\n$", result.Output);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("rotmnist", "--network", "LieNet", "ImageLieResNet or LieTransformer")]
    [InlineData("springs", "--set", "model.block.kind=Mixture", "expected one of Convolution, Attention")]
    [InlineData("springs", "--set", "model.block.kind=Convolution", "network is LieTransformer, but model.block.kind is Convolution; expected Attention.")]
    [InlineData("springs", "--set", "model.block.attention.heads=0", "Heads is 0; expected 1 to 1024.")]
    [InlineData("qm9", "--set", "model.block.attention.normalization=Max", "expected one of Softmax, Mean or null")]
    public void Train_WrongAttention_IsOneSentence(string task, string option, string value, string sentence)
    {
        string[] settings = option == "--network" ? [task] : Settings(task);
        var result = CliRunner.Run(["train", .. settings, option, value, "--out", _folder.File("run")]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    private string[] Settings(string task) => task switch
    {
        "springs" => Systems,
        "rotmnist" => Digits,
        "qm9" => Molecules,
        _ => ["points", .. Shape, "--data", Table(), "--batch", "10", "--group", "SE2"],
    };

    private string Table()
    {
        var table = _folder.File("points.csv");
        if (!File.Exists(table))
            Assert.Equal(0, CliRunner.Run("data", "make", "shapes2d", table, "--sets", "40", "--points", "12").ExitCode);
        return table;
    }

    private static string Weights(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "checkpoints", "last.json"))).RootElement
            .GetProperty("sha256").GetString()!;

    /// <summary>Names and numbers of a file of weights, without its notes.</summary>
    private static string Tensors(string file)
    {
        using var contents = LieConv.Serialization.Safetensors.Read(file);
        return string.Join('\n', contents.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
            $"{pair.Key} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pair.Value.bytes))}"));
    }
}
