using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using LieConv.Randomness;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The finders of docs/extending.md, compiled and run.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class NeighbourSnippets
{
    /// <summary>A box has no place of its own: the set may be moved and put back into it.</summary>
    [Fact]
    public void Network_PeriodicFinder_DoesNotSeeWhereTheBoxBegins()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var network = new LieResNet(
            new Translation(2),
            new LieResNetOptions { Inputs = 3, Outputs = 1, Channels = [16], Layers = 2, Block = new() { BatchNorm = false } },
            seen => new PeriodicFinder(seen, side: 10, count: 5));
        network.to(ScalarType.Float64);
        var (places, values) = (rand([2, 12, 2], ScalarType.Float64) * 10, randn([2, 12, 3], ScalarType.Float64));
        var moved = (places + tensor(new[] { 3.7, -6.1 })).remainder(10);
        var output = network.call(new PointSet(places, values, null), NoDraws.Instance);
        var ofMoved = network.call(new PointSet(moved, values, null), NoDraws.Instance);
        Assert.True((output - ofMoved).abs().max().item<double>() < 1e-12);

        // Without the box the move tears points apart.
        using var open = new LieResNet(
            new Translation(2), network.Options with
            {
                Block = network.Options.Block with { Neighborhood = NeighborhoodKind.Nearest },
            });
        open.load_state_dict(network.state_dict());
        open.to(ScalarType.Float64);
        var (whole, torn) = (open.call(new PointSet(places, values, null), NoDraws.Instance),
            open.call(new PointSet(moved, values, null), NoDraws.Instance));
        Assert.True((whole - torn).abs().max().item<double>() > 1e-4);
    }

    [Fact]
    public void Find_AcrossTheSideOfABox_IsTheShortWay()
    {
        using var scope = NewDisposeScope();
        var points = new LiftedElements(tensor(new[] { 0.5, 9.5, 4.0 }).view(1, 3, 1), null);
        var found = new PeriodicFinder(new Translation(1), 10, 2)
            .Find(points, null, points, null, null, NoDraws.Instance);
        Assert.Equal([0L, 1, 1, 0], found.Indices![0, ..2].flatten().data<long>().ToArray());
        Assert.Equal([0, 1.0, 0, -1.0], found.Relative[0, ..2].flatten().data<double>().ToArray());
    }

    /// <summary>Values reach as many edges far as there are blocks.</summary>
    [Fact]
    public void Network_GraphFinder_SeesAsFarAsItsEdges()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var path = tensor(new long[,] { { 0, 1 }, { 1, 0 }, { 2, 1 }, { 3, 2 } });             // each and the one before
        using var network = new LieResNet(
            new Translation(2),
            new LieResNetOptions
            {
                Inputs = 1, Channels = [8], Layers = 2, Block = new() { BatchNorm = false }, Pool = false,
            },
            seen => new GraphFinder(seen, path));
        var values = zeros(1, 4, 1).requires_grad_();
        var output = network.call(new PointSet(randn(1, 4, 2), values, null), NoDraws.Instance);
        output[0, 3].sum().backward();
        var slope = values.grad!.flatten();
        Assert.Equal(0, slope[0].item<float>());
        Assert.NotEqual(0, slope[1].item<float>());
    }
}

/// <summary>The nearest points in a box whose sides meet.</summary>
public sealed class PeriodicFinder(LieGroup group, double side, int count) : ChoosingFinder(group)
{
    public override bool FindsAnew => false;

    protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws)
    {
        var offsets = Shortest(search.Queries.Elements.unsqueeze(2) - search.Support.Elements.unsqueeze(1));
        return NeighborSelection.Nearest(offsets.square().sum(-1).sqrt(), search.Valid(), count);
    }

    protected override Tensor Relative(LiftedElements queries, LiftedElements points) =>
        Shortest(queries.Elements - points.Elements);

    private Tensor Shortest(Tensor offset) => offset - (offset / side).round() * side;
}

/// <summary>The k neighbours of each of n points by a table, shape (n, k).</summary>
public sealed class GraphFinder(LieGroup group, Tensor table) : ChoosingFinder(group)
{
    public override bool FindsAnew => false;

    protected override (Tensor Indices, Tensor? Mask) Choose(NeighbourSearch search, Draws draws) =>
        (table.expand(search.Queries.Elements.shape[0], -1, -1), null);

    protected override Tensor Relative(LiftedElements queries, LiftedElements points) => Group.Relative(queries, points);
}
