using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using LieConv.Datasets.Points.Superpixels;
using LieConv.Tests.Cli;
using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Preparation;
using LieConv.Training.Tasks.Points;

namespace LieConv.Tests.Training.Tasks.Points;

/// <summary>ModelNet40 and superpixels: tasks on points that only read other files.</summary>
[Collection("Serial")]
public sealed class ShapeTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ModelNet40_MadeMeshes_AreTrainedEvaluatedAndPredicted()
    {
        var root = Meshes();
        var run = Path.Combine(_folder.Path, "run");
        var trained = CliRunner.Run(
            "train", "modelnet40", "--data-root", root, "--points", "24", "--channels", "8", "--layers", "2", "--epochs",
            "2", "--batch", "4", "--out", run, "--set", "split.training=0.75", "--set", "split.validation=0.25");
        Assert.True(trained.ExitCode == 0, trained.Error);
        using var split = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, SplitFile.Name)));
        Assert.Equal((6, 2, 4), (Count(split, "training"), Count(split, "validation"), Count(split, "test")));
        var config = RunConfig.Read<PointConfig>(Path.Combine(run, "config.json"), "modelnet40");
        Assert.Equal(("T3", "SO3[1]", 0.01, 40),
            (config.Group, config.Augmentation, config.Jitter, config.Found!.Schema.Targets[0].Classes.Count));

        // One shape, once 100 times as large and far away: what the network says is the same to rounding.
        var near = Path.Combine(_folder.Path, "near.off");
        var far = Path.Combine(_folder.Path, "far.off");
        File.WriteAllText(near, Tetrahedron(1, 2, 0, 1));
        File.WriteAllText(far, Tetrahedron(1, 2, 700, 100));
        var output = Path.Combine(_folder.Path, "said.csv");
        var predicted = CliRunner.Run("predict", run, near, far, "--out", output);
        Assert.True(predicted.ExitCode == 0, predicted.Error);
        var rows = File.ReadAllLines(output)[1..].Select(line => line.Split(',')).ToArray();
        Assert.Equal(2, rows.Length);
        for (var column = 0; column < rows[0].Length; column++)
            if (double.TryParse(rows[0][column], CultureInfo.InvariantCulture, out var said))
                Assert.Equal(said, double.Parse(rows[1][column], CultureInfo.InvariantCulture), 1e-3);
    }

    [Fact]
    public void Superpixels_OfAFewDigits_LearnFromAsManyAsAskedFor()
    {
        var root = Path.Combine(_folder.Path, "digits");
        Directory.CreateDirectory(root);
        Idx(root, "train", 40);
        Idx(root, "t10k", 10);
        var task = new DigitSuperpixels();
        var config = (PointConfig)task.Configure(
            SettingValues.None, ["train.epochs=1", "model.channels=8", "model.layers=1"]);
        config = config with { Data = config.Data with { DataRoot = root }, TrainCount = 12, Split = new(0.75, 0.25, 0) };
        using var run = (PointRun)task.Start(config, Path.Combine(_folder.Path, "run"), static _ => { });
        Assert.Equal((12, 10, 10), (run.Data[SplitPart.Training].Length, run.Data[SplitPart.Validation].Length,
            run.Data[SplitPart.Test].Length));
        Assert.Subset(run.Data.Split.SetsOf(SplitPart.Training).ToHashSet(), run.Data[SplitPart.Training].ToHashSet());
        Assert.EndsWith("learning from 12", run.DataDescription.Split("; content")[0], StringComparison.Ordinal);
        Assert.Equal("digit", Assert.Single(run.Config.Found!.Schema.Targets).Name);
        // What a run found in its data does not tell it from one that was only asked for.
        var (asked, found) = ((PointConfig)task.Study.Decisive(config), (PointConfig)task.Study.Decisive(run.Config));
        Assert.Equal((asked.Group, asked.Model, asked.Found), (found.Group, found.Model, found.Found));

        using var fewer = (PointRun)task.Start(
            config with { TrainCount = 5 }, Path.Combine(_folder.Path, "fewer"), static _ => { });
        Assert.Subset(run.Data[SplitPart.Training].ToHashSet(), fewer.Data[SplitPart.Training].ToHashSet());
    }

    [Fact, Trait("Category", "Faults")]
    public void ModelNet40_NothingThere_IsOneSentence()
    {
        var result = CliRunner.Run("train", "modelnet40", "--data-root", _folder.Path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"The data folder '{_folder.Path}' has no ModelNet40: expected ply_data_train0.h5", result.Error,
            StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Verify_ModelNet40_CountsMeshesAndNamesThoseThatAreWrong()
    {
        var root = Meshes();
        var folder = Path.Combine(root, "modelnet40");
        Assert.Equal((0, $"{folder}: right: 12 meshes of 2 classes\n"), Verify("modelnet40", root));
        var broken = Path.Combine(folder, "cup", "train", "cup_0.off");
        File.WriteAllText(broken, "OFF\n3 1 0\n0 0 0\n");
        var (code, output) = Verify("modelnet40", root);
        Assert.Equal(2, code);
        Assert.StartsWith($"{broken}: ", output, StringComparison.Ordinal);
        Assert.EndsWith($"{folder}: right: 11 meshes of 2 classes\n", output, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Verify_Superpixels_ReadsWhatWasMade()
    {
        Assert.Equal((0, "superpixels: none made yet\n"), Verify("superpixels", _folder.Path));
        Idx(_folder.Path, "train", 3);
        Idx(_folder.Path, "t10k", 2);
        SuperpixelDigits.Load(new() { DataRoot = _folder.Path }).Dispose();
        var path = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "superpixels")));
        Assert.Equal((0, $"{path}: right: 5 digits\n"), Verify("superpixels", _folder.Path));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);
        Assert.Equal(2, Verify("superpixels", _folder.Path).Code);
    }

    private static (int Code, string Output) Verify(string name, string root)
    {
        var result = CliRunner.Run("data", "verify", name, "--data-root", root);
        return (result.ExitCode, result.Output);
    }

    private static int Count(JsonDocument split, string part) => split.RootElement.GetProperty(part).GetArrayLength();

    /// <summary>Two classes, flat and tall tetrahedra: four to learn from and two to test on, each.</summary>
    private string Meshes()
    {
        var root = Path.Combine(_folder.Path, "data");
        foreach (var (name, height) in new[] { ("cup", 0.3), ("vase", 3.0) })
            for (var i = 0; i < 6; i++)
            {
                var folder = Path.Combine(root, "modelnet40", name, i < 4 ? "train" : "test");
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, $"{name}_{i}.off"), Tetrahedron(height, 1 + 0.1 * i, 0, 1));
            }
        return root;
    }

    private static string Tetrahedron(double height, double width, double shift, double scale)
    {
        double[][] corners = [[0, 0, 0], [width, 0, 0], [0, 1, 0], [0, 0, height]];
        var lines = corners.Select(corner => string.Join(' ', corner.Select(
            x => (scale * x + shift).ToString("R", CultureInfo.InvariantCulture))));
        return $"OFF\n4 4 0\n{string.Join('\n', lines)}\n3 0 1 2\n3 0 1 3\n3 0 2 3\n3 1 2 3\n";
    }

    /// <summary>Digits that are squares of a size of their own.</summary>
    private static void Idx(string root, string part, int count)
    {
        var pixels = new byte[count * 784];
        for (var i = 0; i < count; i++)
            for (var p = 0; p < 784; p++)
                pixels[i * 784 + p] = p / 28 is >= 4 and < 24 && p % 28 >= 6 && p % 28 < 10 + i % 10 ? (byte)255 : (byte)0;
        Gzip(Path.Combine(root, $"{part}-images-idx3-ubyte.gz"),
            [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels]);
        Gzip(Path.Combine(root, $"{part}-labels-idx1-ubyte.gz"),
            [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }

    private static void Gzip(string path, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(bytes);
    }
}
