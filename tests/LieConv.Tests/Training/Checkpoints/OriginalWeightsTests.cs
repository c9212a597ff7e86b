using LieConv.Groups;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Checkpoints;

[Collection("Serial")]
public sealed class OriginalWeightsTests
{
    private static readonly ImageLieResNetOptions Options = new() { Channels = 8, Layers = 2 };

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData("module.")]
    public void Import_AfterExportAndAnyWrapper_GivesTheSameWeights(string prefix)
    {
        using var scope = NewDisposeScope();
        using var first = Network(1);
        using var second = Network(2);
        var theirs = OriginalWeights.Export(first.state_dict(), Options.Layers)
            .ToDictionary(pair => prefix + pair.Key, pair => pair.Value);
        Assert.Contains(prefix + "net.1.conv.r", theirs.Keys);
        Assert.Contains(prefix + "net.1.net.5.r", theirs.Keys);
        Assert.Contains(prefix + "net.3.num_batches_tracked", theirs.Keys);
        OriginalWeights.Import(theirs, second.state_dict(), Options.Layers, "file");
        foreach (var (name, tensor) in first.state_dict())
            Assert.True(tensor.bytes.SequenceEqual(second.state_dict()[name].bytes), name);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Import_OtherWidth_NamesTheTensorAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var first = Network(1);
        using var second = Network(2, Options with { Channels = 12 });
        var before = second.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray());
        var theirs = OriginalWeights.Export(first.state_dict(), Options.Layers);
        var failure = Assert.Throws<InvalidDataException>(
            () => OriginalWeights.Import(theirs, second.state_dict(), Options.Layers, "file"));
        Assert.Equal("Tensor 'net.0.module.weight' of 'file' has shape (8, 1); this model expects (12, 1).", failure.Message);
        Assert.Equal(before, second.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray()));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Import_SomethingElse_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var network = Network(1);
        var failure = Assert.Throws<InvalidDataException>(() => OriginalWeights.Import(
            new Dictionary<string, Tensor> { ["a"] = ones(1) }, network.state_dict(), Options.Layers, "file"));
        Assert.Equal("'file' has no tensor 'net.0.module.weight': it is not the original's image network.", failure.Message);
    }

    private static ImageLieResNet Network(long seed, ImageLieResNetOptions? options = null)
    {
        random.manual_seed(seed);
        return new ImageLieResNet(LieGroups.Parse("T2"), options ?? Options);
    }
}
