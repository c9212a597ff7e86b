using LieConv.Groups;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Training.Learning;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Learning;

/// <summary>A network that no memory holds is refused before it is built.</summary>
[Collection("Serial")]
public sealed class NetworkSizeTests
{
    [Theory]
    [InlineData(48, 5), InlineData(128, 1), InlineData(8, 9)]
    public void CountParameters_OfAnotherSize_IsThatOfTheNetwork(int channels, int layers)
    {
        using var network = Create(channels, layers);
        Assert.Equal(
            network.parameters().Sum(parameter => parameter.numel()),
            new NetworkSize(channels, layers).CountParameters(Create), 1e-3);
    }

    [Fact]
    public void CountParameters_TakesNoRandomNumbers()
    {
        random.manual_seed(5);
        using var expected = rand(3);
        random.manual_seed(5);
        new NetworkSize(4096, 1).CountParameters(Create);
        using var actual = rand(3);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Require_MoreThanTheMemory_NamesParametersAndMemory()
    {
        var size = new NetworkSize(4096, 10);
        var needed = size.CountParameters(Create) * 4 * 4;
        size.Require(Create, ScalarType.Float32, (long)(needed * 1.01));
        var fault = Assert.Throws<ArgumentException>(() => size.Require(Create, ScalarType.Float32, 2_000_000_000));
        Assert.Matches(
            @"^The network has about \d\.\d\de\d parameters \(10 layers of 4096 channels\), whose training takes about " +
            @"\d+ GB; this machine has 2 GB; expected fewer channels or layers\.$", fault.Message);
        Assert.Throws<ArgumentException>(() => size.Require(Create, ScalarType.Float64, (long)(needed * 1.01)));
    }

    private static PointNetwork Create(int channels, int layers) => new(new Translation(2), new PointNetworkOptions
    {
        Channels = channels, Layers = layers, Block = new BlockOptions { Neighborhood = NeighborhoodKind.Ball },
    });
}
