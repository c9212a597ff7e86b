using LieConv.Neighbours.Search;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

public sealed class HighestRanksTests
{
    public static MatrixTheoryData<int, int, double> Sets => new([1, 7, 60, 1000], [1, 5, 25], [0, 0.02, 0.3, 1]);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Ball_AnySet_ChoosesThePointsThatSortingDoes(int points, int wanted, double fill)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var within = rand([2, 30, points], generator: generator) < fill;
        var ranks = rand([2, 30, points], generator: generator);
        var count = Math.Min(points, wanted);
        var (indices, mask) = NeighborSelection.Ball(within, ranks, wanted);
        Assert.Equal([2, 30, count], indices.shape);
        var sorted = ranks.masked_fill(within.logical_not(), -1).argsort(-1, descending: true);
        for (var row = 0; row < 60; row++)
        {
            var inside = (int)within.view(60, points)[row].sum().item<long>();
            var chosen = indices.view(60, count)[row].data<long>().ToArray();
            var counts = mask.view(60, count)[row].data<bool>().ToArray();
            var expected = sorted.view(60, points)[row].data<long>().ToArray().Take(Math.Min(inside, count));
            Assert.Equal(expected.Order(), chosen.Where((_, i) => counts[i]).Order());
            Assert.All(chosen, index => Assert.InRange(index, 0, points - 1));
        }
    }

    [Fact]
    public void Of_RanksMadeWhereNeeded_ChoosesThePointsThatTheirTableDoes()
    {
        using var scope = NewDisposeScope();
        var within = rand([3, 20, 91]) < 0.5;
        using var generator = new Generator(6);
        var draws = new GeneratorDraws(generator);
        var table = NeighborSelection.Ball(within, draws.Ranks(within.shape, CPU), 9);
        generator.manual_seed(6);
        var made = HighestRanks.Of(within, ((IHashedRanks)draws).NextRanks(3 * 20 * 91), 9);
        Assert.Equal(table.Indices.data<long>().ToArray(), made.Indices.data<long>().ToArray());
        Assert.Equal(table.Mask.data<bool>().ToArray(), made.Mask.data<bool>().ToArray());
    }

    [Fact]
    public void Ball_DoublePrecision_ChoosesTheSamePoints()
    {
        using var scope = NewDisposeScope();
        var within = rand([3, 20, 90]) < 0.5;
        var ranks = rand([3, 20, 90]);
        var (ours, _) = NeighborSelection.Ball(within, ranks, 9);
        var (plain, _) = NeighborSelection.Ball(within, ranks.to(ScalarType.Float64), 9);
        Assert.True(ours.sort(-1).Values.equal(plain.sort(-1).Values).all().item<bool>());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(9, 4)]
    [InlineData(500, 25)]
    [InlineData(500, 499)]
    public void KeepHighest_AnyOrder_PutsThemInFront(int length, int count)
    {
        var random = new Random(length);
        ulong[] random64 = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64())];
        foreach (var keys in new[] { random64, [.. random64.Order()], [.. random64.OrderDescending()] })
        {
            var kept = keys.ToArray();
            HighestRanks.KeepHighest(kept, count);
            Assert.Equal(keys.OrderDescending().Take(count), kept.Take(count).OrderDescending());
        }
    }

    [Fact]
    public void Ball_EqualRanks_PrefersTheFirst()
    {
        using var scope = NewDisposeScope();
        var (indices, _) = NeighborSelection.Ball(ones(1, 1, 50) > 0, zeros(1, 1, 50), 3);
        Assert.Equal([0, 1, 2], indices.data<long>().Order());
    }
}
