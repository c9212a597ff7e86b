using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using LieConv.Datasets.Points.Superpixels;
using LieConv.Tests.Cli;
using LieConv.Tests.Support;
using LieConv.Tests.Training.Tasks.Digits;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Preparation;
using LieConv.Training.Tasks.Points;
using PureHDF;

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

    /// <summary>The published layout, to learn from and to predict for: what predict says of a test file has the accuracy that
    /// evaluate measured, since the same points of each cloud are taken, however many there are.</summary>
    [Fact]
    public void ModelNet40_CloudsOfH5Files_ArePredictedAsTheyAreEvaluated()
    {
        var root = Path.Combine(_folder.Path, "clouds");
        Directory.CreateDirectory(root);
        WriteClouds(Path.Combine(root, "ply_data_train0.h5"), 0, 16);
        WriteClouds(Path.Combine(root, "ply_data_test0.h5"), 100, 10);
        var run = Path.Combine(_folder.Path, "run");
        var trained = CliRunner.Run(
            "train", "modelnet40", "--data-root", root, "--points", "24", "--channels", "8", "--layers", "1", "--epochs",
            "1", "--batch", "4", "--out", run, "--set", "split.training=0.5", "--set", "split.validation=0.5",
            "--set", "model.block.neighborhood=Everything", "--set", "model.totalDownsampling=1", "--threads", "1");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var said = Said(0, "", run, Path.Combine(root, "ply_data_test0.h5"));
        var right = said.Index().Count(line => line.Item.Split(',')[1] == (line.Index % 2 == 0 ? "airplane" : "xbox"));
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json")));
        Assert.Equal(1 - right / 10.0, result.RootElement.GetProperty("metrics").GetProperty("error").GetDouble(), 1e-9);
        // The loss, too, from the probabilities of the right classes.
        Assert.Equal(
            result.RootElement.GetProperty("metrics").GetProperty("loss").GetDouble(),
            -said.Index().Average(line => Math.Log(double.Parse(
                line.Item.Split(',')[line.Index % 2 == 0 ? 2 : 41], CultureInfo.InvariantCulture))), 1e-3);
    }

    /// <summary>Clouds of 40 points as published, mean 0 and the farthest point at distance 1: flat ones and tall ones.</summary>
    private static void WriteClouds(string path, int first, int count)
    {
        var data = new List<float>();
        for (var cloud = 0; cloud < count; cloud++)
        {
            double[][] points = [.. Enumerable.Range(0, 40).Select(i => new[]
            {
                Math.Sin(7 * (first + cloud) + 3 * i), (cloud % 2 == 0 ? 0.3 : 3) * Math.Cos(5 * (first + cloud) + 2 * i),
                Math.Sin(11 * (first + cloud) + i + 1),
            })];
            double[] mean = [.. Enumerable.Range(0, 3).Select(axis => points.Average(point => point[axis]))];
            var size = points.Max(point => Math.Sqrt(point.Zip(mean, (x, m) => (x - m) * (x - m)).Sum()));
            data.AddRange(points.SelectMany(point => point.Zip(mean, (x, m) => (float)((x - m) / size))));
        }
        new H5File
        {
            ["data"] = new H5Dataset(data.ToArray(), fileDims: [(ulong)count, 40, 3]),
            ["label"] = new H5Dataset(
                Enumerable.Range(0, count).Select(i => (byte)(i % 2 == 0 ? 0 : 39)).ToArray(), fileDims: [(ulong)count, 1]),
        }.Write(path);
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

    /// <summary>Pictures are cut as the training's digits: an idx file, a picture of it and a table of its superpixels give the
    /// same. Photographs of any size are taken, too, and a broken one loses only itself.</summary>
    [Fact]
    public void Superpixels_Predict_TakesPicturesIdxFilesAndTables()
    {
        var root = Path.Combine(_folder.Path, "digits");
        Directory.CreateDirectory(root);
        Idx(root, "train", 40);
        Idx(root, "t10k", 10);
        var run = Path.Combine(_folder.Path, "run");
        var trained = CliRunner.Run(
            "train", "superpixels", "--data-root", root, "--channels", "8", "--layers", "1", "--epochs", "1", "--batch", "10",
            "--out", run, "--set", "split.training=0.75", "--set", "split.validation=0.25", "--set",
            "model.block.neighborhood=Everything", "--set", "model.totalDownsampling=1", "--threads", "1");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var idx = Path.Combine(root, "t10k-images-idx3-ubyte.gz");
        var ofIdx = Said(0, "", run, idx);
        Assert.Equal(10, ofIdx.Length);
        Assert.StartsWith($"\"{idx}, image 10\",", ofIdx[9], StringComparison.Ordinal);

        // The fourth digit as a picture of its size, and on paper, ten times as large.
        var pixels = Pixels(3);
        var scans = Path.Combine(_folder.Path, "scans");
        Directory.CreateDirectory(scans);
        PictureFiles.Write(Path.Combine(scans, "a.png"), pixels, 28, 28);
        PictureFiles.WriteBmp(Path.Combine(scans, "b.bmp"), pixels, 28);
        PictureFiles.Write(Path.Combine(scans, "c.jpg"), pixels, 28, 280, inverted: true);
        File.WriteAllText(Path.Combine(scans, "d.png"), "no picture");
        File.WriteAllText(Path.Combine(scans, "notes.txt"), "no picture");
        var said = Said(2, "notes.txt", run, scans, "--coverage", "0.6");
        Assert.Equal(3, said.Length);
        Assert.Equal(Shares(ofIdx[3]), Shares(said[0]));
        Assert.Equal(Shares(ofIdx[3]), Shares(said[1]));
        Assert.InRange(Shares(ofIdx[3]).Zip(Shares(said[2]), (a, b) => Math.Abs(a - b)).Max(), 0, 0.05);
        var notes = CliRunner.Run("predict", run, scans, "--threads", "1").Error;
        Assert.Contains($"read inverted (--ink light reads as it is): {Path.Combine(scans, "c.jpg")}.", notes,
            StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(scans, "d.png")}: is no PNG, JPEG or BMP.", notes, StringComparison.Ordinal);

        var (positions, values) = SuperpixelDigits.ToPoints(new Slic(28, 28, new()).Cut(pixels), 28, 28, inkOnly: false);
        var table = Path.Combine(_folder.Path, "table.csv");
        File.WriteAllText(table, "x,y,intensity,area\n" + string.Concat(Enumerable.Range(0, positions.Length / 2).Select(i =>
            string.Create(CultureInfo.InvariantCulture,
                $"{positions[2 * i]:R},{positions[2 * i + 1]:R},{values[2 * i]:R},{values[2 * i + 1]:R}\n"))));
        Assert.Equal(Shares(ofIdx[3]), Shares(Assert.Single(Said(0, "", run, table))));
    }

    private static string[] Said(int code, string words, params string[] arguments)
    {
        var result = CliRunner.Run(["predict", .. arguments, "--threads", "1"]);
        Assert.True(result.ExitCode == code, result.Error);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        return result.Output.TrimEnd('\n').Split('\n')[1..];
    }

    /// <summary>The ten probabilities of a line.</summary>
    private static double[] Shares(string line) =>
    [
        .. line[(line.LastIndexOf('"') + 1)..].Split(',').Skip(2).Take(10)
            .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)),
    ];

    [Fact, Trait("Category", "Faults")]
    public void Superpixels_PredictOtherFiles_IsOneSentenceThatNamesPictures()
    {
        var file = Path.Combine(_folder.Path, "photo.gif");
        File.WriteAllText(file, "GIF89a");
        var root = Path.Combine(_folder.Path, "digits");
        Directory.CreateDirectory(root);
        Idx(root, "train", 20);
        Idx(root, "t10k", 10);
        var run = Path.Combine(_folder.Path, "run");
        Assert.Equal(0, CliRunner.Run(
            "train", "superpixels", "--data-root", root, "--channels", "4", "--layers", "1", "--epochs", "1", "--train", "10",
            "--out", run, "--set", "split.training=0.5", "--set", "split.validation=0.5", "--threads", "1").ExitCode);
        foreach (var (path, expected) in new[]
                 {
                     (file, "photo.gif: is of no format that is read; expected a picture of a digit (.png, "),
                     (file + ".png", "There is no file or folder '"),
                 })
        {
            var result = CliRunner.Run("predict", run, path);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(expected, result.Error, StringComparison.Ordinal);
            Assert.Equal(2, result.Error.TrimEnd('\n').Split('\n').Length); // and that nothing was predicted
        }
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
        byte[] pixels = [.. Enumerable.Range(0, count).SelectMany(Pixels)];
        Gzip(Path.Combine(root, $"{part}-images-idx3-ubyte.gz"),
            [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels]);
        Gzip(Path.Combine(root, $"{part}-labels-idx1-ubyte.gz"),
            [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }

    private static byte[] Pixels(int digit) =>
    [
        .. Enumerable.Range(0, 784).Select(p =>
            p / 28 is >= 4 and < 24 && p % 28 >= 6 && p % 28 < 10 + digit % 10 ? (byte)255 : (byte)0),
    ];

    private static void Gzip(string path, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(bytes);
    }
}
