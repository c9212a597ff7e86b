using LieConv.Datasets.Digits;
using LieConv.Training.Classification;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Digits;

[Collection("Serial")]
public sealed class ImageClassificationTaskTests
{
    private static readonly Dictionary<string, string> NoIdentity = [];

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Evaluate_LastBatchIsPartial_WeighsEveryImageOnce(int batch)
    {
        using var scope = NewDisposeScope();
        using var data = TinyImages.Create();
        using var model = new StubClassifier();
        ImageObjective objective = new ImageObjective(model, 3, data, new TrainOptions { EvaluationBatch = batch }, NoIdentity);
        var seen = new List<long>();
        var evaluation = (ClassificationEvaluation)objective.Evaluate(
            DataSplit.Test, (done, total) => seen.Add(done), CancellationToken.None);

        // Seven images of classes 0 1 2 0 1 2 0, all put into class 0 with probability e/(e+2).
        Assert.Equal(7, evaluation.Count);
        Assert.Equal(4 / 7.0, evaluation.Metrics["error"], 12);
        var certain = Math.E / (Math.E + 2);
        Assert.Equal(-(3 * Math.Log(certain) + 4 * Math.Log(1 / (Math.E + 2))) / 7, evaluation.Metrics["loss"], 6);
        Assert.Equal([3L, 0, 0], evaluation.Confusion[0]);
        Assert.Equal([2L, 0, 0], evaluation.Confusion[2]);
        Assert.Equal([1L, 2L, 4L, 5L], evaluation.Worst.Select(misread => misread.Index));
        Assert.All(evaluation.Worst, misread => Assert.Equal(certain, misread.Probability, 6));
        Assert.Equal(7, seen[^1]);
    }

    [Fact]
    public void TrainingLoss_Augmented_FillsCornersWithBlackBeforeNormalising()
    {
        using var scope = NewDisposeScope();
        using var white = new ImageDataset(ones(4, 1, 12, 12), zeros(4, ScalarType.Int64), "white");
        using var data = new ImageSplits(white, null, white.Slice(0, 1), "white", false);
        using var model = new StubClassifier();
        using var generator = new Generator(5);
        ImageObjective objective = new ImageObjective(model, 3, data, new TrainOptions(), NoIdentity);
        objective.TrainingLoss([0, 1, 2, 3], generator);
        var darkest = model.Shown[0].min().item<float>();
        Assert.Equal((0 - 0.130) / 0.297, darkest, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void TrainingLoss_Shifted_MovesTheMiddleOfTheImage(double pixels)
    {
        using var scope = NewDisposeScope();
        var dot = zeros(64, 1, 13, 13);
        dot[TensorIndex.Colon, 0, 6, 6] = 1;                     // a rotation leaves it where it is
        using var dots = new ImageDataset(dot, zeros(64, ScalarType.Int64), "dots");
        using var data = new ImageSplits(dots, null, dots.Slice(0, 1), "dots", false);
        using var model = new StubClassifier();
        using var generator = new Generator(5);
        ImageObjective objective = new ImageObjective(model, 3, data, new TrainOptions(), NoIdentity, pixels);
        objective.TrainingLoss([.. Enumerable.Range(0, 64)], generator);
        var shown = model.Shown[0] * 0.297 + 0.130;
        var places = linspace(-6, 6, 13);
        var across = (shown.sum([1L, 2L]) * places).sum(1);
        if (pixels == 0) Assert.True(across.abs().max().item<float>() < 1e-3);
        else Assert.InRange(across.abs().max().item<float>(), 0.7 * pixels, Math.Sqrt(2) * pixels);
    }

    [Fact]
    public void TrainingLoss_NotAugmented_ShowsTheImagesAsTheyAre()
    {
        using var scope = NewDisposeScope();
        using var data = TinyImages.Create();
        using var model = new StubClassifier();
        using var generator = new Generator(5);
        ImageObjective objective = new ImageObjective(model, 3, data, new TrainOptions { Augment = false }, NoIdentity);
        var loss = objective.TrainingLoss([1, 3], generator);
        Assert.True(model.Shown[0].allclose(MnistNormalization.Apply(data.Train.Images([1, 3]))));
        Assert.Equal(1, loss.Sums["error"]);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Create_DeviceThisMachineLacks_IsOneSentence()
    {
        using var data = TinyImages.Create();
        using var model = new StubClassifier();
        var failure = Assert.Throws<ArgumentException>(() =>
            new ImageObjective(model, 3, data, new TrainOptions { Device = "cuda:99" }, NoIdentity));
        Assert.Equal("Device 'cuda:99' is not available to libtorch on this machine; try cpu.", failure.Message);
    }

    [Fact]
    public void WritePictures_SomeErrors_MakesBothFiles()
    {
        using var scope = NewDisposeScope();
        using var folder = new Support.TemporaryFolder();
        using var data = TinyImages.Create();
        using var model = new StubClassifier();
        ImageObjective objective = new ImageObjective(model, 3, data, new TrainOptions(), NoIdentity);
        objective.WritePictures(folder.Path, objective.Evaluate(DataSplit.Test, (_, _) => { }, CancellationToken.None));
        foreach (var name in new[] { "confusion.png", "worst.png" })
            Assert.Equal("PNG"u8, File.ReadAllBytes(folder.File(name)).AsSpan(1, 3));
    }
}
