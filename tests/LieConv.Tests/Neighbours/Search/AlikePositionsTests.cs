using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

/// <summary>Sets whose positions are alike or few: they bound no distance, the rotations must.</summary>
[Collection("Serial")]
public sealed class AlikePositionsTests
{
    public static TheoryData<string, int> Sets => new(
        from name in new[] { "SE2", "SE2:0.7", "SE2:1", "SE3", "SE3:0.9", "T2", "Trivial3" }
        from places in new[] { 1, 2, 9 }
        select (name, places));

    [Theory]
    [MemberData(nameof(Sets))]
    public void Searches_FewPlaces_FindWhatTheTableFinds(string name, int places)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var points = Lift(group, 400, places, dtype);
            var distances = group.PairDistances(points, points);
            using var nearest = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: true);
            using var table = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: false);
            var (ours, expected) = (Distances(nearest, points, distances), Distances(table, points, distances));
            Assert.Equal(expected.shape, ours.shape);                      // the equally far ones are taken whole
            Assert.True(ours.allclose(expected, 1e-5, 2e-6), $"{name} {dtype}");

            // Balls of a few points: none may be lost, and all found must lie within.
            using var ball = SearchCase.Layer(group, NeighborhoodKind.Ball, searches: true);
            var radius = (float)distances.flatten().sort().Values[400 * 8].to(ScalarType.Float64).item<double>();
            if (radius <= 0) continue;                                     // more than that many points of one place
            ball.Radius.fill_(radius);
            ball.eval();
            var within = ball.Finder.Find(points, null, points, null, null, SearchCase.Draws());
            // The radius is the distance of a pair, and what is as far to within rounding lies outside.
            var most = (distances < radius).sum(-1).clamp_max(SearchCase.Neighbours);
            var least = (distances < radius * (1 - 1e-4)).sum(-1).clamp_max(SearchCase.Neighbours);
            var counts = within.Mask!.sum(-1);
            Assert.True((counts <= most).all().item<bool>() && (counts >= least).all().item<bool>());
            Assert.True(distances.gather(-1, within.Indices!).masked_select(within.Mask).lt(radius).all().item<bool>());

            if (group is not (SE2 or SE3) || dtype != ScalarType.Float64) continue;
            var picked = FarthestPoints.Select(distances, null, 150, SearchCase.Draws());
            var search = FarthestPoints.Search(group, points, null, 150, SearchCase.Draws());
            Assert.Equal(picked.Indices.data<long>().ToArray(), search.Indices.data<long>().ToArray());
        }
    }

    /// <summary>Work by count, not by the clock: a search that looks at every point for every query would look at all
    /// 4,000² pairs; 100,000 such points took 350 seconds.</summary>
    [Theory]
    [InlineData("SE2", 1), InlineData("SE2", 5), InlineData("SE3", 1), InlineData("SE3", 5), InlineData("T2", 5)]
    public void Nearest_FewPlaces_LooksAtFewPairs(string name, int places)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        const int n = 4000;
        var points = Lift(group, n, places, ScalarType.Float64);
        var set = new PointsOfSet(group, points, null, 0);
        CountingPair.Count = 0;
        IPairDistance pair = group switch
        {
            SE2 => new SE2.PairDistance(group.Alpha),
            SE3 => new SE3.PairDistance(group.Alpha),
            _ => new EuclideanPair(set.Scale),
        };
        new NearestInTree<CountingPair>(set, new CountingPair(pair), ScalarType.Float64).Fill(set, new NeighbourTable(1, n, 8), 0);
        // Of five places a fifth of all pairs are equally far: they are neighbours, all of them.
        Assert.InRange(CountingPair.Count, n, (long)n * n / 4);
    }

    /// <summary>Distances of the neighbours that a layer finds, ascending, those that do not count last.</summary>
    private static Tensor Distances(LieConvLayer layer, LiftedElements points, Tensor distances)
    {
        var found = layer.Finder.Find(points, null, points, null, null, NoDraws.Instance);
        var far = distances.gather(-1, found.Indices!);
        return (found.Mask is { } mask ? far.masked_fill(mask.logical_not(), 1e9) : far).sort(-1).Values;
    }

    private static LiftedElements Lift(LieGroup group, int n, int places, ScalarType dtype)
    {
        var generator = new Generator(4);
        var x = randn([1, places, group.PointDim], generator: generator).to(dtype);
        var at = randint(0, places, [n], dtype: ScalarType.Int64, generator: generator);
        return group.Lift(x.index_select(1, at), LiftOptions.Default, new GeneratorDraws(generator));
    }

    private readonly struct CountingPair(IPairDistance pair) : IPairDistance
    {
        public static long Count;

        public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
        {
            Interlocked.Increment(ref Count);
            return pair.Of(u, v, limit);
        }
    }
}
