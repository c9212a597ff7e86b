using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class PairDistancesTests
{
    [Theory]
    [InlineData("T2"), InlineData("Trivial2"), InlineData("SO2"), InlineData("SE2"), InlineData("SE3")]
    [InlineData("SO3"), InlineData("Tx"), InlineData("RxSO2")]
    public void PairDistances_AcrossBlocks_EqualDistanceOfRelative(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        var draws = new GeneratorDraws(generator);
        // More pairs than a block holds, and a last block that is not full.
        var queries = group.Lift(randn([1, 700, group.PointDim], generator: generator), LiftOptions.Default, draws);
        var support = group.Lift(randn([1, 600, group.PointDim], generator: generator), LiftOptions.Default, draws);
        Assert.True(700 * 600 > PairwiseDistances.PairsPerBlock);
        var distances = group.PairDistances(queries, support);
        var relative = group.Relative(
            new LiftedElements(queries.Elements.unsqueeze(2), queries.Orbits?.unsqueeze(2)),
            new LiftedElements(support.Elements.unsqueeze(1), support.Orbits?.unsqueeze(1)));
        Assert.Equal([1L, 700, 600], distances.shape);
        Assert.False(distances.requires_grad);
        var expected = group.Distance(relative);
        Assert.InRange(((distances - expected).abs() / (expected + 1)).max().item<float>(), 0, 2e-5f);
    }

    [Theory]
    [InlineData("T2", 40), InlineData("T3", 16), InlineData("Trivial2", 33), InlineData("SO2", 37)]
    [InlineData("SE2", 5), InlineData("RxSO2", 100), InlineData("SE3", 20)]
    public void PairDistances_SeveralSetsInFloat32_EqualThoseInFloat64(string name, int points)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var group = LieGroups.Parse(name + ":0.3");
        LiftedElements Lift(int count) => group.Lift(
            randn([3, count, group.PointDim], generator: generator), LiftOptions.Default, new GeneratorDraws(generator));
        var (queries, support) = (Lift(7), Lift(points));
        var exact = group.PairDistances(Double(queries), Double(support));
        var error = (group.PairDistances(queries, support) - exact).abs() / (exact + 1);
        Assert.InRange(error.max().item<double>(), 0, 2e-6);

        static LiftedElements Double(LiftedElements points) =>
            new(points.Elements.to(ScalarType.Float64), points.Orbits?.to(ScalarType.Float64));
    }

    [Fact]
    public void PairDistances_OfTranslations_AreThoseOfLibtorchToTheLastBit()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        var points = randn([2, 90, 3], dtype: ScalarType.Float32, generator: generator);
        var group = new Translation(3);
        var distances = group.PairDistances(new(points, null), new(points, null));
        var expected = PairwiseDistances.Euclidean(points.unsqueeze(2), points.unsqueeze(1)) * group.Alpha;
        Assert.True(distances.equal(expected).all().item<bool>());
    }

    [Theory]
    [InlineData("T2"), InlineData("Trivial2"), InlineData("SE2"), InlineData("T3"), InlineData("SE3")]
    public void PairDistances_Float32FarFromTheOrigin_KeepTheirDigits(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        var near = randn([1, 100, group.PointDim], dtype: ScalarType.Float32, generator: generator).round() / 8;
        Tensor Distances(Tensor points)
        {
            var draws = new GeneratorDraws(new Generator(7));
            var lift = group.Lift(points, LiftOptions.Default, draws);
            return group.PairDistances(lift, lift);
        }

        // Eighths stay exact at 4096: the distances must be the same to round-off, not to round-off of 4096².
        Assert.InRange((Distances(near + 4096) - Distances(near)).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void PairDistances_ManyPoints_LeavesNothingBehind()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = new SE3();
        var points = randn([1, 1500, 3], generator: generator);
        var lift = group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator));
        using var inner = NewDisposeScope();
        using var distances = group.PairDistances(lift, lift);
        Assert.InRange(inner.DisposablesCount, 0, 8);
    }
}
