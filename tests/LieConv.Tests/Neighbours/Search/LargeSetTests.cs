using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

[Collection("Serial")]
public sealed class LargeSetTests
{
    private const int Points = 6000;

    /// <summary>No table of all pairs, and where positions are the distance few pairs at all.</summary>
    [Theory]
    [InlineData("T3", NeighborhoodKind.Nearest), InlineData("T3", NeighborhoodKind.Ball)]
    [InlineData("SE3", NeighborhoodKind.Nearest), InlineData("SE3", NeighborhoodKind.Ball)]
    [InlineData("SO2", NeighborhoodKind.Nearest), InlineData("SO2", NeighborhoodKind.Ball)]
    public void FindNeighbours_LargeSet_AsksForNoTableOfAllPairs(string name, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var inner = LieGroups.Parse(name);
        var group = new RecordingGroup(inner);
        var points = inner.Lift(randn(1, Points, inner.PointDim), LiftOptions.Default, SearchCase.Draws());
        using var layer = new LieConvLayer(
            group, 1, 1, new LieConvOptions
            {
                Block = new() { Neighborhood = kind, SampleCount = 9, BatchNorm = false },
            });
        layer.Finder.Find(points, null, points, null, null, SearchCase.Draws());
        const long all = (long)Points * Points;
        Assert.True(all > layer.MostPairs);
        Assert.InRange(group.MostPairs, 1, all / 50);
        if (inner is Translation) Assert.InRange(group.Pairs, 1, all / 3);
    }

    [Fact]
    public void Block_LargeSet_AsksForNoTableOfAllPairs()
    {
        using var scope = NewDisposeScope();
        var group = new RecordingGroup(new Translation(3));
        var options = new LieConvOptions
        {
            Block = new() { SampleCount = 9, BatchNorm = false }, DownsampleFraction = 0.01,
        };
        using var block = new BottleneckBlock(group, 4, 4, options);
        var points = new LiftedPoints(randn(1, Points, 3), null, randn(1, Points, 1, 4), null);
        var result = block.call(points, SearchCase.Draws());
        Assert.Equal([1L, 60, 1, 4], result.Values.shape);
        Assert.True(group.MostPairs <= 60 * Points);
    }

    [Fact]
    public void FindNeighbours_SmallSet_ReadsTheTable()
    {
        using var scope = NewDisposeScope();
        var group = new RecordingGroup(new Translation(3));
        var points = new LiftedElements(randn(1, 300, 3), null);
        using var layer = new LieConvLayer(group, 1, 1, new LieConvOptions { Block = new() { BatchNorm = false } });
        layer.Finder.Find(points, null, points, null, null, SearchCase.Draws());
        Assert.Equal(300 * 300, group.MostPairs);
    }

    [Fact]
    public void FindNeighbours_Search_PassesDerivativesThroughRelative()
    {
        using var scope = NewDisposeScope();
        var group = new SE3();
        var points = SearchCase.Lift(group, 50, ScalarType.Float64);
        var gradients = new[] { true, false }.Select(searches =>
        {
            using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches);
            var elements = points.Elements.clone().requires_grad_();
            var lifted = new LiftedElements(elements, null);
            var relative = layer.Finder.Find(lifted, null, lifted, null, null, NoDraws.Instance).Relative;
            relative.square().sum().backward();
            return elements.grad!;
        }).ToArray();
        Assert.True(gradients[0].abs().max().item<double>() > 0);
        Assert.True(gradients[0].allclose(gradients[1], 1e-9, 1e-9));
    }
}
