using System.Globalization;
using System.Text.Json;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Readers;
using LieConv.Randomness;
using LieConv.Tests.Support;
using LieConv.Tests.Training.Tasks.Digits;
using LieConv.Training.Randomness;
using LieConv.Training.Tasks.Digits;
using static TorchSharp.torch;

namespace LieConv.Tests.Cli;

/// <summary>lieconv predict on pictures, with a network that has learnt to tell rotated zeros from ones.</summary>
[Collection("Serial")]
public sealed class PredictDigitsTests : IClassFixture<PredictDigitsTests.TrainedRun>, IDisposable
{
    private readonly TrainedRun _run;
    private readonly TemporaryFolder _folder = new();

    public PredictDigitsTests(TrainedRun run) => _run = run;

    public void Dispose() => _folder.Dispose();

    /// <summary>The network called directly, with the draws of evaluation's first batch.</summary>
    [Fact]
    public void Predict_DigitsOfTheOriginalSize_EqualTheNetworkItself()
    {
        var expected = _run.Probabilities();
        for (var i = 0; i < TrainedRun.Shown; i++)
            PictureFiles.Write(At($"{i:D2}.png"), _run.Pixels(i), 28, 28);
        WriteIdx(At("all-idx3-ubyte"));
        var rows = Rows(Predict(_folder.Path));
        Assert.Equal(2 * TrainedRun.Shown, rows.Length);
        for (var i = 0; i < TrainedRun.Shown; i++)
            foreach (var row in new[] { rows[i], rows[TrainedRun.Shown + i] })
                for (var c = 0; c < 10; c++) Assert.Equal(expected[i][c], row.Probabilities[c], 2e-6);
        Assert.Equal(Enumerable.Range(1, TrainedRun.Shown), rows[TrainedRun.Shown..].Select(row => row.Number));
    }

    [Theory]
    [InlineData(28, "png", false)]
    [InlineData(56, "png", true)]
    [InlineData(200, "jpg", true)]
    public void Predict_PicturesOfOtherSizesAndInks_ReadMostDigits(int size, string ending, bool inverted)
    {
        for (var i = 0; i < TrainedRun.Shown; i++)
            PictureFiles.Write(At($"{i:D2}.{ending}"), _run.Pixels(i), 28, size, inverted);
        var result = Predict(_folder.Path);
        var right = Rows(result).Index().Count(row => row.Item.Class == _run.Label(row.Index));
        Assert.InRange(right, TrainedRun.Shown * 8 / 10, TrainedRun.Shown);
        if (!inverted) Assert.Equal("", result.Error);
        else
            Assert.Equal("Dark on light and read inverted (--ink light reads as it is): " +
                string.Join("; ", Enumerable.Range(0, 10).Select(i => At($"{i:D2}.{ending}"))) +
                $"; and {TrainedRun.Shown - 10} more.\n", result.Error);
    }

    [Fact]
    public void Predict_AloneOrAmongOthers_IsTheSame()
    {
        for (var i = 0; i < 5; i++) PictureFiles.Write(At($"{i}.png"), _run.Pixels(i), 28, 28);
        var together = Rows(Predict(_folder.Path));
        for (var i = 0; i < 5; i++)
        {
            var alone = Assert.Single(Rows(Predict(At($"{i}.png"))));
            Assert.Equal(together[i].Class, alone.Class);
            Assert.All(together[i].Probabilities.Zip(alone.Probabilities), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        }
    }

    [Fact]
    public void Predict_InkIsFixed_IsNotGuessed()
    {
        PictureFiles.Write(At("dark.png"), _run.Pixels(0), 28, 28, inverted: true);
        PictureFiles.Write(At("light.png"), _run.Pixels(0), 28, 28);
        var (dark, light) = (Predict(At("dark.png"), "--ink", "dark"), Predict(At("light.png"), "--ink", "light"));
        Assert.Equal(("", ""), (dark.Error, light.Error));
        Assert.Equal(Rows(light)[0].Probabilities, Rows(dark)[0].Probabilities);
        Assert.NotEqual(
            Rows(light)[0].Probabilities, Rows(Predict(At("dark.png"), "--ink", "light"))[0].Probabilities);
        var wrong = Predict(At("dark.png"), "--ink", "blue");
        Assert.Equal((2, "--ink is 'blue'; expected light, dark or auto. See lieconv predict --help.\n"), (wrong.ExitCode, wrong.Error));
    }

    [Fact]
    public void Predict_TextAndPackedIdxAndBmp_GiveWhatThePictureGives()
    {
        PictureFiles.Write(At("a.png"), _run.Pixels(0), 28, 28);
        PictureFiles.WriteBmp(At("b.bmp"), _run.Pixels(0), 28);
        using (var file = File.Create(At("c.idx3-ubyte.gz"))) IdxWriter.WriteGzip(file, new IdxArray([1, 28, 28], _run.Pixels(0)));
        File.WriteAllText(At("d.amat"), string.Join(' ', _run.Pixels(0).Select(
            value => (value / 255f).ToString("G9", CultureInfo.InvariantCulture))) + " 0\n");
        var rows = Rows(Predict(_folder.Path));
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Probabilities, row.Probabilities));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Predict_BadFilesAmongGoodOnes_CostThemselvesOnly()
    {
        PictureFiles.Write(At("good.png"), _run.Pixels(0), 28, 56);
        PictureFiles.Write(At("blank.png"), new byte[784], 28, 28);
        File.WriteAllText(At("bad.png"), "text");
        File.WriteAllText(At("short.idx3-ubyte"), "abc");
        File.WriteAllText(At("notes.txt"), "text");
        Directory.CreateDirectory(At("inner.png"));
        var result = Predict(_folder.Path, At("none.png"), "--out", At("out.json"));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "Passed over, as expected are .png, .jpg, .jpeg, .bmp, .amat, or idx3-ubyte with or without .gz: inner.png, notes.txt.\n" +
            $"There is no file or folder '{At("none.png")}'; expected .png, .jpg, .jpeg, .bmp, .amat, or idx3-ubyte with or without .gz.\n" +
            $"{At("bad.png")}: is no PNG, JPEG or BMP.\n" +
            $"{At("short.idx3-ubyte")}: ends inside the header, after 3 of 16 bytes.\n" +
            $"Of one brightness all over, so that the prediction means nothing: {At("blank.png")}.\n" +
            $"Wrote 2 pictures to {At("out.json")}.\n" +
            "2 pictures were predicted; for what could not be, see the lines above.\n", result.Error);
        using var json = JsonDocument.Parse(File.ReadAllText(At("out.json")));
        Assert.Equal([At("blank.png"), At("good.png")], json.RootElement.EnumerateArray().Select(row => row.GetProperty("file").GetString()));
        Assert.Equal(1, json.RootElement[1].GetProperty("probabilities").EnumerateArray().Sum(p => p.GetDouble()), 1e-12);
        var nothing = Predict(At("bad.png"));
        Assert.Equal((2, ""), (nothing.ExitCode, nothing.Output));
        Assert.EndsWith("Nothing could be predicted.\n", nothing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "PATH is missing: '{run}' is a run of digits; expected files or folders of .png, ")]
    [InlineData("a.png --out a.txt", "The file to write, 'a.txt', ends in none of .csv, .json and .parquet.")]
    [InlineData("a.png --out no/such/d.csv", "The folder of the file to write, 'no/such/d.csv', does not exist.")]
    [InlineData("a.png --molecules b.xyz", "--molecules is for runs of molecules; '{run}' is one of rotmnist.")]
    [InlineData("a.png --steps 3", "--steps is for runs of moving particles; '{run}' is one of rotmnist.")]
    [InlineData("--inc light", "Unrecognized command or argument '--inc'. See lieconv predict --help.")]
    [Trait("Category", "Faults")]
    public void Predict_WrongOptions_AreOneSentence(string options, string expected)
    {
        var result = Predict(options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(expected.Replace("{run}", _run.Path, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(c => c == '\n'));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private CliRunner Predict(params string[] args) => CliRunner.Run(["predict", _run.Path, .. args]);

    private void WriteIdx(string path)
    {
        using var file = File.Create(path);
        byte[] all = [.. Enumerable.Range(0, TrainedRun.Shown).SelectMany(_run.Pixels)];
        IdxWriter.Write(file, new IdxArray([TrainedRun.Shown, 28, 28], all));
    }

    private static (int Number, int Class, double[] Probabilities)[] Rows(CliRunner result)
    {
        var lines = result.Output.Trim().Split('\n');
        Assert.Equal("file,image,class,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9", lines[0]);
        return [.. lines[1..].Select(line => line.Split(',')).Select(fields => (
            int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture),
            fields[3..].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()))];
    }

    /// <summary>A run on the zeros and ones of the built-in sample, which are learnt in a moment.</summary>
    public sealed class TrainedRun : IDisposable
    {
        /// <summary>Test digits that are written as pictures.</summary>
        public const int Shown = 30;

        private readonly TemporaryFolder _folder = new();
        private readonly byte[][] _pixels;
        private readonly long[] _labels;

        public TrainedRun()
        {
            Directory.CreateDirectory(_folder.File("data"));
            Save(EmbeddedSample.ReadTrain(), 0);
            Save(EmbeddedSample.ReadTest(), 2);
            var result = CliRunner.Run(
                "train", "rotmnist", "--data-root", _folder.File("data"), "--train", "400", "--epochs", "8", "--batch", "20",
                "--lr", "0.01", "--group", "T2", "--set", "data.testCount=40", "--set", "model.channels=8",
                "--set", "model.layers=1", "--set", "model.block.sampleCount=16", "--out", Path);
            Assert.True(result.ExitCode == 0, result.Error);
            using var run = RotMnistRun.Open(Path, config => config, _ => { });
            using var data = RotMnist.Load(run.Config.Data);
            using var scope = NewDisposeScope();
            long[] places = [.. Enumerable.Range(0, Shown)];
            _labels = data.Test.Labels(places).data<long>().ToArray();
            _pixels = [.. (data.Test.Images(places) * 255).round().to_type(ScalarType.Byte).data<byte>().ToArray().Chunk(784)];
        }

        public string Path => _folder.File("run");

        public byte[] Pixels(int digit) => _pixels[digit];

        public int Label(int digit) => (int)_labels[digit];

        /// <summary>What the network gives for the shown digits, as evaluation computes it.</summary>
        public double[][] Probabilities()
        {
            using var run = RotMnistRun.Open(Path, config => config, _ => { });
            run.Load(null);
            using var scope = NewDisposeScope();
            using var off = no_grad();
            using var generator = new SeedSequence(run.Config.Train.EvaluationSeed).CreateGenerator(RandomPurpose.Evaluation, 0);
            var images = tensor(_pixels.SelectMany(pixels => pixels).ToArray(), [Shown, 1, 28, 28]).to_type(ScalarType.Float32) / 255;
            var logits = run.Model.call(MnistNormalization.Apply(images), new GeneratorDraws(generator));
            return [.. nn.functional.softmax(logits.to_type(ScalarType.Float64), 1).data<double>().ToArray().Chunk(10)];
        }

        public void Dispose() => _folder.Dispose();

        private void Save(DigitImages digits, int first)
        {
            var chosen = digits.At([.. Enumerable.Range(0, digits.Count).Where(i => digits.Labels[i] < 2)]);
            IdxArray[] arrays = [new([chosen.Count, 28, 28], chosen.Pixels), new([chosen.Count], chosen.Labels)];
            for (var i = 0; i < 2; i++)
            {
                using var file = File.Create(System.IO.Path.Combine(_folder.File("data"), MnistFiles.Names[first + i]));
                IdxWriter.Write(file, arrays[i]);
            }
        }
    }
}
