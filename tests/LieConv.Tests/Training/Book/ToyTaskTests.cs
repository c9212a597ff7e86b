using System.Globalization;
using System.Text.Json;
using LieConv.Cli;
using LieConv.Tests.Cli;
using LieConv.Tests.Support;
using LieConv.Tests.Toy;
using LieConv.Training.Book;

namespace LieConv.Tests.Training.Book;

/// <summary>A task of this assembly, added to the book by one line, does all that those of the library do.</summary>
[Collection("Serial")]
public sealed class ToyTaskTests : IDisposable
{
    private static readonly TaskBook Book = new([.. TaskBook.All, new RingsTask()]);
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    [Fact]
    public void Train_Toy_LearnsDrawsAndIsEvaluatedAlike()
    {
        var trained = Json(Tiny("--out", Run, "--json"));
        Assert.Equal("rings", trained.GetProperty("task").GetString());
        Assert.Equal("32 rings made in code", trained.GetProperty("data").GetString());
        Assert.True(Error(trained) == 0, File.ReadAllText(Path.Combine(Run, "metrics.jsonl")));
        foreach (var picture in new[] { "curves.png", "ring.png" })
            Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(Path.Combine(Run, picture))[..4]);
        Assert.Equal(Error(trained), Error(Json("evaluate", Run, "--json")));
        Assert.StartsWith(
            "Test error 0.00 % (0 of 20 rings), SO2, epoch 20, ", Tool("evaluate", Run).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_PrecisionAndDeviceAndSettings_AreHonoured()
    {
        Json(Tiny("--out", Run, "--json", "--precision", "float64", "--device", "cpu", "--channels", "4", "--epochs", "1"));
        using var weights = Contents(Run);
        Assert.All(weights.Tensors.Values.Where(tensor => tensor.is_floating_point()),
            tensor => Assert.Equal(TorchSharp.torch.ScalarType.Float64, tensor.dtype));
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "config.json"))).RootElement;
        Assert.Equal(4, config.GetProperty("channels").GetInt32());
        Assert.Equal("float64", config.GetProperty("train").GetProperty("precision").GetString());
        if (!TorchSharp.torch.cuda.is_available())
            Assert.Equal(
                (2, "Device 'cuda' is not available to libtorch on this machine; try cpu.\n"),
                Failure(Tiny("--out", _folder.File("other"), "--device", "cuda")));
        Assert.Equal(
            (2, "--channels is '0'; expected a whole number from 1. See lieconv train rings --help.\n"),
            Failure(Tiny("--channels", "0")));
    }

    [Fact]
    public void Predict_FilesOfPoints_GivesTheRadiusOfEach()
    {
        Json(Tiny("--out", Run, "--json"));
        var (narrow, wide) = (Ring("narrow.csv", 1), Ring("wide.csv", 2));
        Assert.Equal($"file,radius\n{narrow},1\n{wide},2\n", Tool("predict", Run, narrow, wide).Output);
        var file = _folder.File("out.json");
        Assert.Equal((0, $"Wrote {file}.\n"), (0, Tool("predict", Run, wide, "--out", file).Error));
        Assert.Equal(2, JsonDocument.Parse(File.ReadAllText(file)).RootElement[0].GetProperty("radius").GetInt32());
        Assert.Equal(
            (2, $"--molecules is for runs of molecules; '{Run}' is one of rings.\n"),
            Failure("predict", Run, "--molecules", "x"));
    }

    [Fact]
    public void Study_Toy_FillsATableOfItsMetric()
    {
        var folder = _folder.File("study");
        var result = Tool("study", "rings", "--networks", "LieResNet:SO2,LieResNet:T2", "--sizes", "4,8", "--out", folder,
            "--set", "train.epochs=1", "--threads", "1");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^training size +LieResNet-SO2 +LieResNet-T2\n4 +\S+ +\S+\n8 +\S+ +\S+\n$", result.Output);
        var rows = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "study.json"))).RootElement;
        Assert.Equal(4, rows.GetArrayLength());
        Assert.InRange(rows[0].GetProperty("error").GetDouble(), 0, 1);
    }

    [Fact]
    public void Convert_ExportAndImport_GiveTheSameFigures()
    {
        var trained = Json(Tiny("--out", Run, "--json", "--epochs", "2"));
        var (file, copy) = (_folder.File("w.safetensors"), _folder.File("copy"));
        Assert.Equal(0, Tool("convert", "export", Run, file).ExitCode);
        Assert.Equal(0, Tool("convert", "import", "rings", file, "--out", copy).ExitCode);
        Assert.Equal(Error(trained), Error(Json("evaluate", copy, "--json")));
        Assert.Equal(
            (2, "The original has no networks for rings; leave out --original.\n"),
            Failure("convert", "export", Run, file, "--original"));
        Assert.Equal(2, Tool("convert", "import", "rings", file, "--out", _folder.File("no"), "--channels", "9").ExitCode);
        Assert.False(Directory.Exists(_folder.File("no")));
    }

    [Fact]
    public void Resume_RunOfTheToy_BelongsToItsCommand()
    {
        Json(Tiny("--out", Run, "--json", "--epochs", "1"));
        Assert.Equal(0, Tool("train", "rings", "--resume", Run).ExitCode);
        Assert.Contains("is of a run of rings; expected", Failure("train", "rotmnist", "--resume", Run).Error, StringComparison.Ordinal);
        Assert.Equal(
            (2, $"'{Path.Combine(Run, "config.json")}' is of a run of rings; expected one of rotmnist, springs, nbody, " +
                "qm9, qm7, md17, points, modelnet40, superpixels, images.\n"),
            CliRunner.Run("evaluate", Run) is var plain ? (plain.ExitCode, plain.Error) : default);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Tiny(params string[] more) => ["train", "rings", "--threads", "1", .. more];

    private static double Error(JsonElement result) => result.GetProperty("metrics").GetProperty("error").GetDouble();

    private static LieConv.Serialization.SafetensorsContents Contents(string run) =>
        new LieConv.Training.Checkpoints.CheckpointStore(Path.Combine(run, "checkpoints")).Read("last");

    private static CliRunner Tool(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(args, output, error, Book);
        return new CliRunner(code, output.ToString(), error.ToString());
    }

    private static JsonElement Json(params string[] args)
    {
        var result = Tool(args);
        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static (int ExitCode, string Error) Failure(params string[] args) =>
        Tool(args) is var result ? (result.ExitCode, result.Error) : default;

    private string Ring(string name, double radius)
    {
        File.WriteAllLines(_folder.File(name), Enumerable.Range(0, 8).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{radius * Math.Cos(i + 0.3)},{radius * Math.Sin(i + 0.3)}")));
        return _folder.File(name);
    }
}
