using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Neighbours.Search;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours;

public sealed class FarthestPointsTests
{
    [Theory]
    [InlineData(10, 0.25, 2)]       // 2.5 rounds to even
    [InlineData(14, 0.25, 4)]       // 3.5 rounds to even
    [InlineData(648, 0.68129, 441)]
    [InlineData(3, 0.1, 1)]
    public void Count_Fraction_RoundsHalfToEvenAndKeepsOne(long n, double fraction, int expected) =>
        Assert.Equal(expected, FarthestPoints.Count(n, fraction));

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Select_PointsOnALine_PicksEndsThenMiddle(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var places = arange(9, dtype: dtype).view(1, 9, 1);
        var (picks, own) = FarthestPoints.Select(cdist(places, places), null, 5, new FixedStart(0));
        Assert.Equal([0L, 8, 4, 2, 6], picks.data<long>().ToArray());
        Assert.Null(own);
    }

    [Fact]
    public void Select_FewerValidThanPicks_MarksTheRepeated()
    {
        using var scope = NewDisposeScope();
        var places = arange(6, dtype: ScalarType.Float64).view(1, 6, 1).expand(2, 6, 1).contiguous();
        var mask = tensor(new[] { true, true, true, true, true, true, false, true, false, true, false, false }, [2, 6]);
        var (picks, own) = FarthestPoints.Select(cdist(places, places), mask, 4, new FixedStart(1));
        Assert.Equal([3L, 1], picks[1].data<long>().ToArray()[..2]);
        Assert.Equal([true, true, true, true, true, true, false, false], own!.data<bool>().ToArray());
    }

    /// <summary>A picked point is out, also where others lie on it: by table and by search.</summary>
    [Theory]
    [InlineData("T2"), InlineData("RxSO2"), InlineData("SE2")]
    [InlineData("SO2"), InlineData("Trivial2"), InlineData("RxSQ")]
    public void Select_CoincidentPoints_PicksEachOnce(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        foreach (var (places, n) in new[] { (1, 2), (1, 50), (3, 50) })
        {
            var x = (rand([1, places, 2], dtype: dtype) + 0.5).repeat(1, n / places + 1, 1).narrow(1, 0, n);
            var mask = (arange(n) != 1).unsqueeze(0).logical_or(tensor(n < 3));
            // Lifted once and repeated, so that the elements of coincident points are the same, too.
            var lifted = group.Lift(x.narrow(1, 0, places), LiftOptions.Default, SearchCase.Draws());
            var rows = arange(n) % places;
            var points = new LiftedElements(
                lifted.Elements.index_select(1, rows), lifted.Orbits?.index_select(1, rows));
            var distances = group.PairDistances(points, points);
            foreach (var draws in new Func<Draws>[] { () => SearchCase.Draws(), () => new FixedStart(0) })
            {
                var table = FarthestPoints.Select(distances, mask, n, draws());
                var search = FarthestPoints.Search(group, points, mask, n, draws());
                foreach (var (indices, own) in new[] { table, search })
                {
                    var all = indices.data<long>().ToArray();
                    long[] picks = [.. all.Where((_, i) => own is null || own[0, i].item<bool>())];
                    Assert.Equal(mask.sum().item<long>(), picks.Distinct().Count());
                    Assert.Equal(picks.Length, picks.Distinct().Count());
                    Assert.All(all, pick => Assert.True(mask[0, pick].item<bool>()));
                }
            }
        }
    }

    /// <summary>Of a square's corners that are equally far either is picked as often, whatever their order: the first
    /// by number would always be the same.</summary>
    [Fact]
    public void Select_EquallyFarPoints_PicksEachAsOften()
    {
        using var scope = NewDisposeScope();
        const int sets = 4000;
        var x = tensor(new double[,] { { 1, 1 }, { -1, -1 }, { 1, -1 }, { -1, 1 } }).matmul(
            tensor(new[,] { { 0.6, 0.8 }, { -0.8, 0.6 } })).unsqueeze(0);
        var points = new LiftedElements(x, null);
        var distances = new Translation(2).PairDistances(points, points).expand(sets, 4, 4);
        var picks = FarthestPoints.Select(distances, null, 3, SearchCase.Draws()).Indices;
        var third = Enumerable.Range(0, 4).Select(i => (picks.select(1, 2) == i).sum().item<long>()).ToArray();
        // Binomial with a deviation of 27: each corner is third in a quarter of all sets.
        Assert.All(third, count => Assert.InRange(count, 1000 - 110, 1000 + 110));
        Assert.All(picks.data<long>().ToArray().Chunk(3), three => Assert.Equal(three.Distinct(), three));
    }

    /// <summary>Points on a grid are equally far but for rounding, which differs between precisions.</summary>
    [Fact]
    public void Select_Grid_PicksTheSameInBothPrecisionsAndBySearch()
    {
        using var scope = NewDisposeScope();
        var line = arange(12, dtype: ScalarType.Float64) * 0.37 + 1.1;
        var group = new Translation(2);
        long[]? expected = null;
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            var points = new LiftedElements(cartesian_prod([line, line]).to(dtype).unsqueeze(0), null);
            var distances = group.PairDistances(points, points);
            var table = FarthestPoints.Select(distances, null, 60, SearchCase.Draws()).Indices;
            var search = FarthestPoints.Search(group, points, null, 60, SearchCase.Draws()).Indices;
            expected ??= table.data<long>().ToArray();
            Assert.Equal(expected, table.data<long>().ToArray());
            Assert.Equal(expected, search.data<long>().ToArray());
        }
    }

    [Fact]
    public void Select_BrainFloat_PicksTheSame()
    {
        using var scope = NewDisposeScope();
        var places = arange(9, dtype: ScalarType.Float32).view(1, 9, 1);
        var distances = cdist(places, places).to(ScalarType.BFloat16);
        var (picks, _) = FarthestPoints.Select(distances, null, 5, new FixedStart(0));
        Assert.Equal([0L, 8, 4, 2, 6], picks.data<long>().ToArray());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Select_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        var notSquare = Assert.Throws<ArgumentException>(
            () => FarthestPoints.Select(ones(1, 3, 4), null, 2, new FixedStart(0)));
        Assert.StartsWith("distances has shape (1, 3, 4); expected (g, n, n) = (1, 3, 3).", notSquare.Message);
        var otherMask = Assert.Throws<ArgumentException>(
            () => FarthestPoints.Select(ones(1, 3, 3), ones(3) > 0, 2, new FixedStart(0)));
        Assert.StartsWith("mask has shape (3); expected (g, n) = (1, 3).", otherMask.Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FarthestPoints.Select(ones(1, 3, 3), null, 0, new FixedStart(0)));
        foreach (var fraction in new[] { 0, -1, 1.5, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => FarthestPoints.Count(10, fraction));
    }

    private sealed class FixedStart(long start) : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Ranks(long[] shape, Device device) =>
            throw new NotSupportedException();

        public override long[] Starts(ReadOnlySpan<long> validCounts)
        {
            var starts = new long[validCounts.Length];
            Array.Fill(starts, start);
            return starts;
        }
    }
}
