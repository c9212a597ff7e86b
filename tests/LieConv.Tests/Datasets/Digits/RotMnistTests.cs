using LieConv.Datasets.Basics;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Readers;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Digits;

[Collection("Serial")] // one test sets an environment variable that the others' default folder depends on
public class RotMnistTests
{
    [Fact]
    public void Load_EmptyDefaultFolder_GivesTheEmbeddedSampleAndSaysSo()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var before = Environment.GetEnvironmentVariable(DataFolder.Variable);
        var log = new List<string>();
        try
        {
            Environment.SetEnvironmentVariable(DataFolder.Variable, folder.Path);
            using var splits = RotMnist.Load(new RotMnistOptions(), log.Add);
            Assert.True(splits.IsEmbeddedSample);
            Assert.StartsWith("embedded sample: 2,000 train and 1,000 test MNIST digits", splits.Description,
                StringComparison.Ordinal);
            Assert.Equal((2000, 1000), (splits.Train.Count, splits.Test.Count));
            Assert.Null(splits.Validation);
            AssertBalanced(splits.Train, 200);
            AssertBalanced(splits.Test, 100);
            Assert.Contains(log, line => line.Contains("embedded sample", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataFolder.Variable, before);
        }
    }

    [Fact]
    public void Sample_Size_IsBelowOneMegabyte()
    {
        var assembly = typeof(RotMnist).Assembly;
        var sizes = assembly.GetManifestResourceNames().Where(name => name.StartsWith("sample/", StringComparison.Ordinal))
            .Select(name => assembly.GetManifestResourceStream(name)!.Length).ToArray();
        Assert.Equal(7, sizes.Length);
        Assert.True(sizes.Sum() < 1_000_000);
    }

    [Fact]
    public void EmbeddedSample_Seed_DecidesTheAngles()
    {
        using var scope = NewDisposeScope();
        var options = new RotMnistOptions { TrainCount = 50, ValidationCount = 10, TestCount = 20 };
        using var one = EmbeddedSample.Load(options);
        using var same = EmbeddedSample.Load(options);
        using var other = EmbeddedSample.Load(options with { Seed = 1 });
        Assert.Equal((50, 10, 20), (one.Train.Count, one.Validation!.Count, one.Test.Count));
        Assert.True(All(one.Train).equal(All(same.Train)).all().item<bool>());
        Assert.False(All(one.Train).equal(All(other.Train)).all().item<bool>());
        Assert.True(one.Train.Labels([0, 1, 2]).equal(other.Train.Labels([0, 1, 2])).all().item<bool>());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("mnist", false)]
    [InlineData("MNIST/raw", true)]
    public void Load_MnistFiles_SplitsAllDigitsWithoutOverlap(string subfolder, bool gzip)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        TinyMnist.Write(folder.At(subfolder), gzip);
        using var splits = RotMnist.Load(Tiny(folder, 50, 10, 40));
        var levels = new[] { splits.Train, splits.Validation!, splits.Test }.SelectMany(Levels).Order();
        Assert.Equal(Enumerable.Range(100, 100), levels);
        Assert.Contains("not the official images", splits.Description, StringComparison.Ordinal);
        Assert.False(splits.IsEmbeddedSample);
    }

    [Fact]
    public void Load_AnotherTrainingCount_KeepsTestDigitsAndAngles()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        TinyMnist.Write(folder.Path, gzip: false);
        using var many = RotMnist.Load(Tiny(folder, 60, 0, 40));
        using var few = RotMnist.Load(Tiny(folder, 10, 5, 40));
        Assert.True(All(many.Test).equal(All(few.Test)).all().item<bool>());
        Assert.True(All(many.Train.Slice(0, 10)).equal(All(few.Train)).all().item<bool>());
    }

    [Fact]
    public void Load_OfficialText_IsPreferredAndSplitInOrder()
    {
        using var scope = NewDisposeScope();
        using var splits = RotMnist.Load(
            new RotMnistOptions { DataRoot = SampleFolder.Root, TrainCount = 15, ValidationCount = 5, TestCount = 8 });
        using var all = AmatFile.Read(SampleFolder.Train);
        Assert.True(All(splits.Validation!).equal(All(all.Slice(15, 5))).all().item<bool>());
        Assert.Equal(8, splits.Test.Count);
        Assert.Equal("RotMNIST text files: 15 train, 5 validation and 8 test digits", splits.Description);
    }

    [Fact]
    public void Load_OfficialTextWithFewerImages_TakesAllAndSaysSo()
    {
        using var scope = NewDisposeScope();
        using var splits = RotMnist.Load(new RotMnistOptions { DataRoot = SampleFolder.Root });
        Assert.Equal((20, 8), (splits.Train.Count, splits.Test.Count));
        Assert.Contains("fewer than the 12,000 and 50,000 asked for", splits.Description, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Load_NothingThere_NamesTheFilesAndTheCommand()
    {
        using var folder = new TemporaryFolder();
        var fault = Refused(new RotMnistOptions { DataRoot = folder.Path });
        foreach (var name in MnistFiles.Names.Append(OfficialFiles.TestName).Append("lieconv data fetch mnist"))
            Assert.Contains(name, fault, StringComparison.Ordinal);
        Assert.Contains("does not exist", Refused(new RotMnistOptions { DataRoot = folder.At("no") }),
            StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Load_IncompleteOrMismatchedFiles_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        TinyMnist.Write(folder.Path, gzip: false);
        Assert.Contains("hold 100 digits", Refused(new RotMnistOptions { DataRoot = folder.Path }),
            StringComparison.Ordinal);
        File.Copy(folder.At(MnistFiles.Names[3]), folder.At(MnistFiles.Names[1]), overwrite: true);
        Assert.Contains("must hold 60 labels", Refused(Tiny(folder, 50, 0, 40)), StringComparison.Ordinal);
        File.Delete(folder.At(MnistFiles.Names[1]));
        Assert.Contains("not train-labels-idx1-ubyte", Refused(Tiny(folder, 50, 0, 40)), StringComparison.Ordinal);
        File.Copy(SampleFolder.Train, folder.At(OfficialFiles.TrainValidationName));
        Assert.Contains($"but not {OfficialFiles.TestName}", Refused(Tiny(folder, 50, 0, 40)), StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Load_LabelAboveNineOrWrongSize_SaysWhich()
    {
        var images = new IdxArray([1, 28, 28], new byte[784]);
        Assert.Contains("label 1 must be from 0 to 9, not 10", Assert.Throws<InvalidDataException>(
            () => DigitImages.From(images, "i", new IdxArray([1], [10]), "l")).Message, StringComparison.Ordinal);
        Assert.Contains("28 x 28 pixels, not 4 x 196", Assert.Throws<InvalidDataException>(() => DigitImages.From(
            images with { Shape = [1, 4, 196] }, "i", new IdxArray([1], [1]), "l")).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Validate_SeveralErrors_ReturnsAll()
    {
        var options = new RotMnistOptions { TrainCount = 0, ValidationCount = -1, TestCount = 0, DataRoot = " " };
        Assert.Equal(4, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => RotMnist.Load(options));
    }

    private static RotMnistOptions Tiny(TemporaryFolder folder, int train, int validation, int test) =>
        new() { DataRoot = folder.Path, TrainCount = train, ValidationCount = validation, TestCount = test };

    private static string Refused(RotMnistOptions options) =>
        Assert.Throws<InvalidDataException>(() => RotMnist.Load(options)).Message;

    private static Tensor All(ImageDataset data) =>
        data.Images(Enumerable.Range(0, (int)data.Count).Select(i => (long)i).ToArray());

    // The middle of the bright block keeps its level under every rotation about the centre.
    private static int[] Levels(ImageDataset data) =>
        [.. All(data).amax([1, 2, 3]).mul(255).round().data<float>().ToArray().Select(level => (int)level)];

    private static void AssertBalanced(ImageDataset data, int each)
    {
        var labels = data.Labels(Enumerable.Range(0, (int)data.Count).Select(i => (long)i).ToArray());
        Assert.All(labels.data<long>().ToArray().CountBy(label => label), pair => Assert.Equal(each, pair.Value));
    }
}
