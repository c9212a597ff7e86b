using LieConv.Groups;
using LieConv.Internal;
using TorchSharp;
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
