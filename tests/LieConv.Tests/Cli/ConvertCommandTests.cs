using System.Text.Json;
using LieConv.Dynamics;
using LieConv.Serialization;
using LieConv.Tests.Parity;
using LieConv.Tests.Parity.Format;
using LieConv.Tests.Support;
using LieConv.Training.Tasks.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Tests.Cli;

/// <summary>lieconv convert for every family: out under the original's names, in again, the same predictions.</summary>
[Collection("Serial")]
public sealed class ConvertCommandTests : IDisposable
{
    private static readonly string[] Systems =
    [
        "--train", "8", "--set", "data.validationCount=0", "--set", "data.testCount=2", "--set", "data.points=6",
        "--epochs", "1", "--batch", "8",
    ];

    private static readonly string[] Molecules =
    [
        "--train", "40", "--validation", "10", "--test", "10", "--epochs", "1", "--batch", "20",
        "--set", "model.channels=8", "--set", "model.layers=1",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");

    public ConvertCommandTests() => Environment.SetEnvironmentVariable("LIECONV_DATA", _folder.File("data"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("LIECONV_DATA", _dataBefore);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("HLieResNet", "T2"), InlineData("HLieResNet", "SO2"), InlineData("FLieResNet", "T2")]
    [InlineData("FC", null), InlineData("HFC", null), InlineData("OGN", null), InlineData("HOGN", null), InlineData("VOGN", null)]
    public void Convert_ParticlesThroughTheOriginalsNames_MoveTheSame(string network, string? group)
    {
        string[] settings =
        [
            "--network", network, .. group is null ? Array.Empty<string>() : ["--group", group], "--set", "model.channels=8",
            "--set", "model.layers=1", .. Systems,
        ];
        var states = _folder.File("states.csv");
        File.WriteAllText(states, "particle,m,k,x,y,px,py\n" + string.Concat(Enumerable.Range(1, 6).Select(i =>
            FormattableString.Invariant($"{i},1,1,0.{i},-0.{i * i % 7},0.2,0.{i}\n"))));
        RoundTrip(
            "springs", settings, run => ["predict", run, "--initial", states, "--steps", "3"], "Wrote");
    }

    [Theory]
    [InlineData("MolecLieResNet"), InlineData("MolecGN")]
    public void Convert_MoleculesThroughTheOriginalsNames_ArePredictedTheSame(string network)
    {
        var water = _folder.File("water.xyz");
        File.WriteAllText(water, "3\nwater\nO 0 0 0.119\nH 0 0.763 -0.477\nH 0 -0.763 -0.477\n");
        RoundTrip(
            "qm9", ["--network", network, "--task", "mu", .. Molecules], run => ["predict", run, "--molecules", water], "Wrote");
        var other = CliRunner.Run([
            "convert", "import", "qm9", _folder.File("w.safetensors"), "--original", "--out", _folder.File("other"),
            "--network", network, "--task", "gap", .. Molecules,
        ]);
        Assert.Equal(
            (2, $"'{_folder.File("w.safetensors")}' holds a network for mu, not for gap; expected the target that it learnt.\n"),
            (other.ExitCode, other.Error));
        Assert.False(Directory.Exists(_folder.File("other")));
    }

    /// <summary>The original's own weights, wrapped as its trainer wraps them, move particles as the original does.</summary>
    [Theory]
    [InlineData("D_fc", "FC", null), InlineData("D_hfc", "HFC", null), InlineData("D_hogn", "HOGN", null)]
    [InlineData("D_hlieresnet_T2", "HLieResNet", "T2"), InlineData("D_hlieresnet_SO2", "HLieResNet", "SO2")]
    [InlineData("D_flieresnet_T2", "FLieResNet", "T2")]
    public void Import_TheOriginalsWeights_ComputesWhatTheOriginalDoes(string name, string network, string? group)
    {
        using var scope = NewDisposeScope();
        var golden = new CaseRun(Manifest.Current.Cases.Single(item => item.Name == name), ScalarType.Float64);
        var file = _folder.File("original.safetensors");
        Safetensors.Write(file, golden.Names("w.").ToDictionary(key => "module." + key[2..], golden.Array));
        var folder = _folder.File("imported");
        var made = CliRunner.Run([
            "convert", "import", "springs", file, "--original", "--out", folder, "--network", network,
            .. group is null ? Array.Empty<string>() : ["--group", group], "--precision", "float64",
            "--set", "model.channels=16", "--set", $"model.layers={golden.Config.Whole("num_layers")}", .. Systems,
        ]);
        Assert.True(made.ExitCode == 0, made.Error);
        using var run = DynamicsRun.OpenToPredict(folder, config => config);
        run.Load(null);
        var (z, parameters) = (golden.Array("in.z"), golden.Array("in.sysP"));
        var slope = run.Model.call(z.view(z.shape[0], 2, -1, 2), new ParticleSystems(parameters)).flatten(1);
        golden.Check("out.dzdt", slope);
        var difference = Assert.Single(golden.Checked);
        Assert.True(difference.Passed, difference.ToString());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Import_OfAnotherNetwork_IsOneSentenceAndLeavesNothing()
    {
        var run = _folder.File("run");
        var file = _folder.File("w.safetensors");
        Assert.Equal(0, CliRunner.Run([
            "train", "springs", "--network", "FC", "--set", "model.channels=8", "--set", "model.layers=1", "--out", run, .. Systems]).ExitCode);
        Assert.Equal(0, CliRunner.Run("convert", "export", run, file, "--original").ExitCode);
        foreach (var (task, more, expected) in new[]
                 {
                     ("springs", new[] { "--network", "HOGN" }, "it is not the original's HOGN.\n"),
                     ("springs", ["--network", "FC", "--set", "model.channels=12"], "this model expects (12, 36).\n"),
                     ("nbody", ["--network", "OGN"], "it is not the original's OGN.\n"),
                 })
        {
            var result = CliRunner.Run([
                "convert", "import", task, file, "--original", "--out", _folder.File("bad"), "--set", "model.layers=1", .. more, .. Systems]);
            Assert.Equal(2, result.ExitCode);
            Assert.EndsWith(expected, result.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.File("bad")));
        }
    }

    /// <summary>Weights that do not fit are refused before anything is simulated, looked for or read.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("rotmnist")]
    [InlineData("springs")]
    [InlineData("nbody")]
    [InlineData("qm9")]
    [InlineData("qm7")]
    [InlineData("md17")]
    public void Import_OfAnotherNetwork_IsRefusedBeforeTheData(string task)
    {
        using var scope = NewDisposeScope();
        var file = _folder.File("w.safetensors");
        Safetensors.Write(file, new Dictionary<string, Tensor> { ["something"] = zeros(2, 3) });
        var result = CliRunner.Run([
            "convert", "import", task, file, "--out", _folder.File("bad/run"), "--set", "model.layers=1"]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"'{file}' lacks tensor '", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <summary>Shapes that agree do not make two networks one.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Import_WithAnotherGroup_SaysSo()
    {
        string[] settings = ["--network", "HLieResNet", "--set", "model.channels=8", "--set", "model.layers=1", .. Systems];
        var file = _folder.File("w.safetensors");
        Assert.Equal(0, CliRunner.Run(["train", "springs", "--group", "SO2:0.2", "--out", _folder.File("run"), .. settings]).ExitCode);
        Assert.Equal(0, CliRunner.Run("convert", "export", _folder.File("run"), file).ExitCode);
        var result = CliRunner.Run([
            "convert", "import", "springs", file, "--group", "SO2:0.5", "--out", _folder.File("other"), .. settings]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            $"'{file}' was exported with group SO2; this run has SO2:0.5, so that its predictions differ.\n", result.Error,
            StringComparison.Ordinal);
    }

    private void RoundTrip(string task, string[] settings, Func<string, string[]> predict, string said)
    {
        var (run, file) = (_folder.File("run"), _folder.File("w.safetensors"));
        var trained = CliRunner.Run(["train", task, "--out", run, .. settings]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        var expected = CliRunner.Run(predict(run));
        Assert.True(expected.ExitCode == 0, expected.Error);
        // A rollout is no part of the metrics, and takes most of an evaluation.
        string[] few = task == "springs" ? ["--steps", "3"] : [];
        var metrics = Metrics(run, few);
        foreach (var names in new[] { "--original", "" })
        {
            string[] original = names.Length == 0 ? [] : [names];
            var imported = _folder.File("imported" + names);
            var exported = CliRunner.Run(["convert", "export", run, file, .. original]);
            Assert.Equal(0, exported.ExitCode);
            Assert.StartsWith(said, exported.Output, StringComparison.Ordinal);
            var made = CliRunner.Run(["convert", "import", task, file, .. original, "--out", imported, .. settings]);
            Assert.True(made.ExitCode == 0, made.Error);
            Assert.DoesNotContain("predictions differ", made.Error, StringComparison.Ordinal);
            Assert.Equal(expected.Output, CliRunner.Run(predict(imported)).Output);
            Assert.Equal(metrics, Metrics(imported, few));
            Assert.Contains(
                ", weights imported from 'w.safetensors', time of training not known.\n",
                CliRunner.Run(["evaluate", imported, .. few]).Output, StringComparison.Ordinal);
        }
    }

    private static string Metrics(string run, string[] few)
    {
        var result = CliRunner.Run(["evaluate", run, "--json", .. few]);
        Assert.True(result.ExitCode == 0, result.Error);
        var json = JsonDocument.Parse(result.Output).RootElement;
        return (json.TryGetProperty("result", out var inner) ? inner : json).GetProperty("metrics").GetRawText();
    }
}
