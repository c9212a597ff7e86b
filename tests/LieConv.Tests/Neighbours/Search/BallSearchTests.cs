using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

[Collection("Serial")]
public sealed class BallSearchTests
{
    public static TheoryData<string, double> Cases => new(
        from name in LieGroups.Known.Select(known => known.Name)
        from radius in new[] { 0.05, 0.2, 0.8 }
        select (name, radius));

    [Theory]
    [MemberData(nameof(Cases))]
    public void FindNeighbours_AnyGroup_AreDistinctPointsOfTheBallAndAsManyAsItHas(string name, double radius)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var group = LieGroups.Parse(name);
            var (queries, support) = (SearchCase.Lift(group, 60, dtype), SearchCase.Lift(group, 500, dtype, 2));
            var (queryMask, mask) = (SearchCase.Mask(queries), SearchCase.Mask(support));
            using var layer = Layer(group, radius);
            var found = layer.Finder.Find(queries, queryMask, support, mask, null, SearchCase.Draws());
            var within = (group.PairDistances(queries, support) < layer.Radius)
                .logical_and(queryMask.unsqueeze(2)).logical_and(mask.unsqueeze(1)).flatten(0, 1);
            Assert.False(found.Relative.isnan().any().item<bool>());
            var rows = SearchCase.Sets(found);
            for (var query = 0; query < rows.Count; query++)
            {
                var inside = within[query].data<bool>().ToArray();
                Assert.Equal(Math.Min(SearchCase.Neighbours, inside.Count(flag => flag)), rows[query].Length);
                Assert.Equal(rows[query].Distinct(), rows[query]);
                Assert.All(rows[query], point => Assert.True(inside[point]));
            }
        }
    }

    /// <summary>Each point of the ball is drawn equally often, and each pair: by chi-square, in samples that are drawn
    /// (a third of the set) as in those that are searched for (a sixtieth).</summary>
    [Theory]
    [InlineData(0.35), InlineData(0.02)]
    public void FindNeighbours_ManyDraws_AreUniformInTheBall(double fraction)
    {
        using var scope = NewDisposeScope();
        const int points = 900, passes = 600;
        var group = new Translation(1, 1);
        var support = new LiftedElements(arange(points, dtype: ScalarType.Float64).view(1, -1, 1) / points, null);
        var queries = new LiftedElements(full([1, 20, 1], 0.5, dtype: ScalarType.Float64), null);
        using var layer = Layer(group, fraction / 2, 3);
        var (counts, pairs) = (new int[points], new Dictionary<(long, long), int>());
        for (var pass = 0; pass < passes; pass++)
            foreach (var row in SearchCase.Sets(layer.Finder.Find(
                queries, null, support, null, null, SearchCase.Draws((ulong)pass))))
            {
                Assert.Equal(3, row.Length);
                foreach (var point in row) counts[point]++;
                pairs[(row[0], row[1])] = pairs.GetValueOrDefault((row[0], row[1])) + 1;
            }
        var hit = counts.Where(count => count > 0).ToArray();
        Assert.InRange(hit.Length, fraction * points - 2, fraction * points + 2);
        Assert.InRange(ExcessOfChiSquare(hit), -4, 4);
        // Negative control: a sample that favours one half by a tenth is noticed.
        var biased = hit.Select((count, i) => i < hit.Length / 2 ? count * 1.1 : count * 0.9);
        Assert.True(ExcessOfChiSquare([.. biased.Select(count => (int)count)]) > 4);
        // Queries draw independently: 12,000 lowest pairs do not repeat each other more than chance has it.
        Assert.True(pairs.Count > Math.Min(2000, hit.Length * hit.Length / 8));
    }

    [Theory]
    [InlineData("T3", 1.5), InlineData("T3", 0.1), InlineData("SE3", 1.5), InlineData("SE3", 0.8)]
    public void FindNeighbours_MovedSet_KeepsItsNeighbours(string name, double radius)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = SearchCase.Lift(group, 400, ScalarType.Float64);
        var generator = new Generator(9);
        var by = group.Exp(randn([1, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator));
        var moved = points with { Elements = group.Compose(by, points.Elements) };
        using var layer = Layer(group, radius);
        var (here, there) = (Find(points), Find(moved));
        Assert.Equal(SearchCase.Sets(here), SearchCase.Sets(there));
        Assert.NotEqual(SearchCase.Sets(here), SearchCase.Sets(Find(points, 6)));

        Neighborhood Find(LiftedElements x, ulong seed = 5) =>
            layer.Finder.Find(x, null, x, null, null, SearchCase.Draws(seed));
    }

    [Fact]
    public void FindNeighbours_InTraining_TheRadiusFollowsTheFill()
    {
        using var scope = NewDisposeScope();
        var group = new Translation(2, 1);
        var (queries, support) = (
            SearchCase.Lift(group, 2000, ScalarType.Float64), SearchCase.Lift(group, 500, ScalarType.Float64, 2));
        var (queryMask, mask) = (SearchCase.Mask(queries), SearchCase.Mask(support));
        using var search = Layer(group, 1);
        using var table = Layer(group, 1);
        table.MostPairs = long.MaxValue;
        foreach (var layer in new[] { search, table })
        {
            layer.train();
            layer.Finder.Find(queries, queryMask, support, mask, null, SearchCase.Draws());
        }
        Assert.NotEqual(1, table.Radius.item<float>());
        Assert.Equal(table.Radius.item<float>(), search.Radius.item<float>(), 0.01f);
    }

    private static LieConvLayer Layer(LieGroup group, double radius, int count = SearchCase.Neighbours)
    {
        var layer = SearchCase.Layer(group, NeighborhoodKind.Ball, searches: true, count);
        layer.eval();
        using (no_grad()) layer.Radius.fill_(radius);
        return layer;
    }

    /// <summary>Chi-square of equal chances less its mean, in its standard deviations.</summary>
    private static double ExcessOfChiSquare(int[] counts)
    {
        var mean = counts.Average();
        var chiSquare = counts.Sum(count => (count - mean) * (count - mean) / mean);
        return (chiSquare - (counts.Length - 1)) / Math.Sqrt(2.0 * (counts.Length - 1));
    }
}
