using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Tests.Models;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>Weighted frames: what a set looks like from them does not move with the set, and the weights are shares.
/// </summary>
[Trait("Category", "Equivariance")]
[NoTensorLeaks]
public sealed class FrameViewsTests
{
    [Theory]
    [InlineData("SE2", 2), InlineData("SE3", 3)]
    public void Of_MovedPoints_GivesTheSameViewsAndWeights(string name, int count)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = Points(group.PointDim);
        using var generator = new Generator(3);
        var tangent = randn([4, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
        var moved = points with { Coordinates = group.Act(group.Exp(tangent), points.Coordinates) };
        var (here, there) = (FrameViews.Of(points, NoDraws.Instance), FrameViews.Of(moved, NoDraws.Instance));
        Assert.Equal([4, count], here.Weights.shape);
        Same(there.Weights, here.Weights);
        Same(there.Points.Coordinates, here.Points.Coordinates);
        // The control: the views of a set do differ from each other.
        var views = here.Points.Coordinates.view(4, count, 6, -1);
        Assert.True((views.narrow(1, 0, 1) - views.narrow(1, 1, 1)).abs().max().item<double>() > 0.1);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Of_ScaledAndShiftedPoints_GivesTheSameWeights(int dimension)
    {
        using var scope = NewDisposeScope();
        var points = Points(dimension);
        var weights = FrameViews.Of(points, NoDraws.Instance).Weights;
        foreach (var scale in new[] { 1e-4, 1e5 })
        {
            var scaled = points with { Coordinates = points.Coordinates * scale };
            Assert.InRange(
                (FrameViews.Of(scaled, NoDraws.Instance).Weights - weights).abs().max().item<double>(), 0, 1e-9);
        }
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Weights_OfAnySet_AreSharesWithSumOne(int dimension)
    {
        using var scope = NewDisposeScope();
        var sets = SymmetricSets.Of(dimension).Select(set => set.unsqueeze(0)).Append(Points(dimension).Coordinates);
        foreach (var set in sets)
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        foreach (var values in new[] { ones_like(set.narrow(-1, 0, 1)), set.narrow(-1, 0, 1).cumsum(1).sin() })
        {
            var weights = FrameViews.Of(new PointSet(set.to(dtype), values.to(dtype)), NoDraws.Instance).Weights
                .to(ScalarType.Float64);
            Assert.True((weights >= 0).all().item<bool>());
            Assert.InRange((weights.sum(-1) - 1).abs().max().item<double>(), 0, 1e-6);
        }
    }

    /// <summary>Weights are continuous where a vector of the sizes passes through 0; that one's is then 0.</summary>
    [Theory]
    [MemberData(nameof(FramePaths.Names), MemberType = typeof(FramePaths))]
    public void Weights_WhereAVectorVanishes_ChangeByTheStep(string name)
    {
        using var scope = NewDisposeScope();
        Tensor Weights(int steps) => FrameViews.Of(FramePaths.Named(name)(-0.11, 0.1, steps), NoDraws.Instance).Weights;
        double Largest(int steps) => Weights(steps).diff(dim: 0).abs().max().item<double>();
        Assert.InRange(Largest(800) / Largest(100), 0, 0.2);
        var least = Weights(800).min(0).values.min().item<double>();
        Assert.InRange(least, 0, 1e-3);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Of_TurnedFrames_ChangesViewsButNotWeights(int dimension)
    {
        using var scope = NewDisposeScope();
        var points = Points(dimension);
        var plain = FrameViews.Of(points, NoDraws.Instance);
        var angles = tensor([0.0, 0.5, 2, 4], dtype: ScalarType.Float64);
        var turned = FrameViews.Of(points, new TurnedFrames(angles));
        Assert.Equal(0, (turned.Weights - plain.Weights).abs().max().item<double>());
        var count = plain.Weights.shape[1];
        var (x, y) = (plain.Points.Coordinates.view(4, count, 6, dimension),
            turned.Points.Coordinates.view(4, count, 6, dimension));
        Same(y[0], x[0]);
        Assert.True((y[1] - x[1]).abs().max().item<double>() > 0.1);
        Same(y.square().sum(-1), x.square().sum(-1));
        if (dimension == 3) Same(y.select(-1, 0), x.select(-1, 0));              // about the first axis in space
        var back = new SE2().Act(
            stack([angles, zeros_like(angles), zeros_like(angles)], -1).view(4, 1, 1, 3),
            y.narrow(-1, dimension - 2, 2));
        Same(back, x.narrow(-1, dimension - 2, 2));
    }

    private static void Same(Tensor a, Tensor b) =>
        Assert.InRange((a - b).abs().max().item<double>(), 0, 1e-12);

    private static PointSet Points(int dimension)
    {
        using var generator = new Generator(7);
        return new PointSet(
            randn([4, 6, dimension], dtype: ScalarType.Float64, generator: generator),
            randn([4, 6, 2], dtype: ScalarType.Float64, generator: generator));
    }
}
