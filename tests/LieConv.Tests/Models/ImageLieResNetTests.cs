using LieConv.Groups;
using LieConv.Models;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

[Collection("Serial")]
public sealed class ImageLieResNetTests
{
    private static readonly ImageLieResNetOptions Small = new()
    {
        Height = 12, Width = 12, Layers = 2, Channels = 16,
        Block = new() { SampleCount = 8 }, TotalDownsampling = 0.25, FillFraction = 0.2,
    };

    [Theory]
    [InlineData("T2", 1)]
    [InlineData("SE2:0.05", 2)]
    [InlineData("RxSO2:0.3", 1)]
    public void Forward_AnyBatchSize_GivesEachImageItsOwnLogits(string name, int lifts)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var network = new ImageLieResNet(LieGroups.Parse(name), Small with
        {
            Block = Small.Block with { LiftSamples = lifts },
        });
        network.eval();
        using var off = no_grad();
        var images = randn(7, 1, 12, 12);
        var all = network.call(images, Draws());
        for (var i = 0; i < 7; i++)
            Assert.True((all[i] - network.call(images[i].unsqueeze(0), Draws())[0]).abs().max().item<float>() < 1e-4f);
    }

    [Fact]
    public void Forward_SameDraws_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        using var network = new ImageLieResNet(LieGroups.Parse("SE2"), Small with
        {
            Block = Small.Block with { LiftSamples = 2 },
        });
        network.eval();
        var images = randn(5, 1, 12, 12);
        Assert.True(network.call(images, Draws()).eq(network.call(images, Draws())).all().item<bool>());
        Assert.False(network.call(images, Draws()).eq(network.call(images, Draws(seed: 2))).all().item<bool>());
    }

    /// <summary>Nothing is left out of oblong images of three channels where nothing is to be; else what is 15 and more
    /// from the centre, as ever.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void Grid_OblongImage_KeepsWhatLiesWithinTheRadius(double radius)
    {
        using var scope = NewDisposeScope();
        using var network = new ImageLieResNet(
            LieGroups.Parse("T2"), Small with { InputChannels = 3, Height = 10, Width = 40, CropRadius = radius });
        network.eval();
        var (coordinates, kept) = network.Grid(ScalarType.Float64, CPU);
        var inside = 0;
        for (var y = 0; y < 10; y++)
            for (var x = 0; x < 40; x++)
                if (radius == 0 || double.Hypot(-5 + y * 10 / 9.0, -20 + x * 40 / 39.0) < radius) inside++;
        Assert.Equal(inside, kept.shape[0]);
        Assert.Equal([2, 10], network.call(randn(2, 3, 10, 40), Draws()).shape);
        Assert.Equal([1, kept.shape[0], 2], coordinates.shape);
    }

    [Fact]
    public void Validate_RadiusThatLeavesNoPixel_IsOneSentence() => Assert.Equal(
        ["CropRadius is 0.5, which leaves no pixel of 12 x 12; expected more than 0.7714, or 0 to leave nothing out."],
        (Small with { CropRadius = 0.5 }).Validate());

    [Fact]
    public void Train_ManySteps_KeepsTheNumberOfLiveTensors()
    {
        using var network = new ImageLieResNet(LieGroups.Parse("SE2"), Small with
        {
            Block = Small.Block with { LiftSamples = 2 },
        });
        var optimizer = optim.Adam(network.parameters(), 1e-3);
        using var generator = new Generator(1);
        var live = new List<long>();
        for (var step = 0; step < 6; step++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                network.call(randn(5, 1, 12, 12), new GeneratorDraws(generator)).square().sum().backward();
                optimizer.step();
            }
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(live[2], live[^1]);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Forward_WrongImageSize_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        using var network = new ImageLieResNet(LieGroups.Parse("T2"), Small);
        var error = Assert.Throws<ArgumentException>(() => network.call(randn(2, 1, 28, 28), Draws()));
        Assert.StartsWith("images has shape (2, 1, 28, 28); expected (b, c, h, w) = (any, 1, 12, 12).", error.Message);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("T2", 2, "lifts a point in one way only")]
    [InlineData("T3", 1, "expected a group on the plane")]
    [InlineData("SE2", 0, "LiftSamples is 0")]
    public void Construct_WrongOptions_IsOneSentence(string group, int lifts, string sentence)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ImageLieResNet(LieGroups.Parse(group), Small with
            {
                Block = Small.Block with { LiftSamples = lifts },
            }));
        Assert.Contains(sentence, error.Message);
    }

    private static GeneratorDraws Draws(ulong seed = 1) => new(new Generator(seed));
}
