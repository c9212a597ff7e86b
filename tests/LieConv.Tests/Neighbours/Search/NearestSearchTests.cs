using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

[Collection("Serial")]
public sealed class NearestSearchTests
{
    public static TheoryData<string, bool> Groups => new(
        from name in LieGroups.Known.Select(known => known.Name).Concat(["T2:1", "SE2:1", "SE3:0.7"])
        from masked in new[] { false, true }
        select (name, masked));

    [Theory]
    [MemberData(nameof(Groups))]
    public void FindNeighbours_Search_FindsThoseOfTheTable(string name, bool masked)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        foreach (var group in new[] { LieGroups.Parse(name), new RecordingGroup(LieGroups.Parse(name)) })
        {
            var (queries, support) = (SearchCase.Lift(group, 150, dtype), SearchCase.Lift(group, 301, dtype, 2));
            var (queryMask, mask) = masked ? (SearchCase.Mask(queries), SearchCase.Mask(support)) : (null, null);
            var (table, search) = (Find(searches: false), Find(searches: true));
            Assert.Equal(SearchCase.Sets(table), SearchCase.Sets(search));
            Assert.Equal(masked, search.Mask is not null);
            Assert.Equal(table.Indices!.shape, search.Indices!.shape);

            Neighborhood Find(bool searches)
            {
                using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches);
                return layer.Finder.Find(queries, queryMask, support, mask, null, NoDraws.Instance);
            }
        }
    }

    [Theory]
    [InlineData("T2"), InlineData("SE3"), InlineData("SO2")]
    public void FindNeighbours_FewerPointsThanWanted_MarksTheRest(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var support = SearchCase.Lift(group, 9, ScalarType.Float64);
        var mask = tensor([true, false, true, true, false, false, false, false, false], [1, 9]).repeat(2, 1);
        mask[1] = false;
        using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: true);
        var found = SearchCase.Sets(layer.Finder.Find(support, null, support, mask, null, NoDraws.Instance));
        Assert.All(found[..9], row => Assert.Equal([0L, 2, 3], row));
        Assert.All(found[9..], Assert.Empty);
    }

    /// <summary>Clouds that are hard for boxes: the seven nearest by a sort, and all that are as near as the last.
    /// </summary>
    [Theory]
    [InlineData("uniform"), InlineData("clusters"), InlineData("line"), InlineData("duplicates"), InlineData("far")]
    [InlineData("lattice"), InlineData("one place")]
    public void FindNeighbours_HardClouds_AreTheNearest(string cloud)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(3);
        var x = randn([1, 800, 3], dtype: ScalarType.Float64, generator: generator);
        x = cloud switch
        {
            "clusters" => (x * 100).round() + x * 1e-4,
            "line" => x.narrow(-1, 0, 1) * tensor([1.0, 2, 0]),
            "duplicates" => x.narrow(1, 0, 40).repeat(1, 20, 1),
            "far" => x * 1e-3 + 1e6,
            "lattice" => (x * 3).round(),
            "one place" => zeros_like(x) + 0.3,
            _ => x,
        };
        foreach (var group in new LieGroup[] { new Translation(3), new RecordingGroup(new Translation(3)) })
        {
            var points = new LiftedElements(x, null);
            using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: true);
            var found = SearchCase.Sets(layer.Finder.Find(points, null, points, null, null, NoDraws.Instance));
            var distances = group.PairDistances(points, points).squeeze(0);
            var last = distances.topk(SearchCase.Neighbours, -1, largest: false, sorted: true).values.narrow(-1, 6, 1);
            var expected = distances <= last * (1 + 1e-11);
            var ours = zeros_like(expected);
            for (var i = 0; i < found.Count; i++) ours[i] = ours[i].index_fill(0, tensor(found[i]), 1);
            Assert.True(ours.Equals(expected));
            Assert.All(found, row => Assert.Equal(row.Distinct(), row));
        }
    }

    [Theory]
    [InlineData("T3"), InlineData("SE2"), InlineData("SE3"), InlineData("SE3:0.9"), InlineData("SE2:0")]
    public void PairDistance_OfSinglePairs_IsThatOfTheGroup(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var u = SearchCase.Lift(group, 40, ScalarType.Float64);
        var v = SearchCase.Lift(group, 40, ScalarType.Float64, 2);
        // Equal ones, equal rotations, and one of opposite sign, too.
        v.Elements[0, ..10] = u.Elements[0, ..10];
        v.Elements[0, ..5].narrow(-1, group.ElementDim - 2, 2).add_(0.3);
        if (group is SE3) v.Elements[0, 4, ..4].neg_();
        IPairDistance pair = group switch
        {
            SE2 => new SE2.PairDistance(group.Alpha),
            SE3 => new SE3.PairDistance(group.Alpha),
            _ => new EuclideanPair(group.Alpha),
        };
        var expected = group.PairDistances(u, v);
        for (var i = 0; i < 40; i++)
        for (var j = 0; j < 40; j++)
        {
            var (a, b) = (u.Elements[0, i].data<double>().ToArray(), v.Elements[0, j].data<double>().ToArray());
            var distance = expected[0, i, j].item<double>();
            Assert.Equal(distance, pair.Of(a, b, double.PositiveInfinity), 1e-7);
            Assert.Equal(pair.Of(a, b, double.PositiveInfinity), pair.Of(a, b, distance * 1.01), 1e-12);
            Assert.True(pair.Of(a, b, distance * 0.9) >= distance * 0.9);
        }
    }

    [Fact]
    public void FindNeighbours_AnyNumberOfThreads_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var group = new Translation(3);
        var points = SearchCase.Lift(group, 700, ScalarType.Float32);
        using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: true);
        var before = get_num_threads();
        var found = new[] { 1, 3 }.Select(threads =>
        {
            set_num_threads(threads);
            return layer.Finder.Find(points, null, points, null, null, NoDraws.Instance).Indices!;
        }).ToArray();
        set_num_threads(before);
        Assert.True(found[0].Equals(found[1]));
    }
}
