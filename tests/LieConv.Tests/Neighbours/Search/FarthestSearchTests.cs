using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

[Collection("Serial")]
public sealed class FarthestSearchTests
{
    public static TheoryData<string> Groups =>
        new(LieGroups.Known.Select(known => known.Name).Concat(["T2:1", "SE2:1", "Trivial3"]));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Search_AnyGroup_PicksThoseOfTheTable(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var points = SearchCase.Lift(group, 250, dtype);
            var mask = SearchCase.Mask(points);
            foreach (var count in new[] { 1, 100, 220 })
            {
                var table = FarthestPoints.Select(
                    group.PairDistances(points, points), mask, count, SearchCase.Draws());
                var search = FarthestPoints.Search(group, points, mask, count, SearchCase.Draws());
                Assert.Equal(table.Indices.data<long>().ToArray(), search.Indices.data<long>().ToArray());
                Assert.Equal(table.Mask?.data<bool>().ToArray(), search.Mask?.data<bool>().ToArray());
            }
        }
    }

    /// <summary>Full of exact ties, which the lowest number wins.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 2), InlineData(ScalarType.Float64, 2), InlineData(ScalarType.Float32, 3)]
    public void Search_Lattice_PicksThoseOfTheTable(ScalarType dtype, int axes)
    {
        using var scope = NewDisposeScope();
        var line = arange(axes == 2 ? 24 : 9, dtype: dtype) * 0.37 + 11;
        var x = cartesian_prod([.. Enumerable.Repeat(line, axes)]).unsqueeze(0);
        var (group, points) = (new Translation(axes), new LiftedElements(cat([x, x.narrow(1, 3, 40)], 1), null));
        var table = FarthestPoints.Select(group.PairDistances(points, points), null, 400, SearchCase.Draws());
        var search = FarthestPoints.Search(group, points, null, 400, SearchCase.Draws());
        Assert.Equal(table.Indices.data<long>().ToArray(), search.Indices.data<long>().ToArray());
    }

    [Fact]
    public void Block_SearchInPlaceOfTable_GivesTheSame()
    {
        using var scope = NewDisposeScope();
        var group = new SE2();
        var options = new LieConvOptions
        {
            Block = new() { Neighborhood = NeighborhoodKind.Nearest, SampleCount = 6, BatchNorm = false },
            DownsampleFraction = 0.4,
        };
        using var block = new BottleneckBlock(group, 8, 8, options);
        block.to(ScalarType.Float64);
        var geometry = SearchCase.Lift(group, 90, ScalarType.Float64);
        var values = randn([2, 90, 1, 8], dtype: ScalarType.Float64);
        var points = new LiftedPoints(geometry.Elements, null, values, null);
        var outputs = new[] { long.MaxValue, 0 }.Select(most =>
        {
            block.Convolution.MostPairs = most;
            return block.call(points, SearchCase.Draws()).Values;
        }).ToArray();
        Assert.Equal(36, outputs[1].shape[1]);
        Assert.True(outputs[0].allclose(outputs[1], 1e-12, 1e-12));
    }
}
