using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Randomness;
using LieConv.Tests.Models;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Lifting;

/// <summary>Weighted frames: what a set looks like from them does not move with the set, and the weights are shares.
/// </summary>
[Trait("Category", "Equivariance")]
[NoTensorLeaks]
public sealed class FrameViewsTests
{
    [Theory]
    [InlineData("SE2"), InlineData("SE3"), InlineData("SO2"), InlineData("SO3"), InlineData("SE3[1,3,5]")]
    public void Of_MovedPoints_GivesTheSameViewsAndWeights(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = Points(group.PointDim);
        using var generator = new Generator(3);
        var tangent = randn([4, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
        var moved = points with { Coordinates = group.Act(group.Exp(tangent), points.Coordinates) };
        var (here, there) = (Views(points, group), Views(moved, group));
        Assert.Equal(here.Owners.data<long>().ToArray(), there.Owners.data<long>().ToArray());
        Same(there.Weights, here.Weights);
        Same(there.Points.Coordinates, here.Points.Coordinates);
        // The control: what is seen is not what is moved.
        Assert.True((moved.Coordinates - points.Coordinates).abs().max().item<double>() > 0.1);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Of_ScaledAndShiftedPoints_GivesTheSameWeights(int dimension)
    {
        using var scope = NewDisposeScope();
        var points = Points(dimension);
        var weights = Views(points).Weights;
        foreach (var scale in new[] { 1e-4, 1e5 })
            Same(Views(points with { Coordinates = points.Coordinates * scale + scale }).Weights, weights, 1e-9);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Weights_OfAnySet_AreSharesWithSumOne(int dimension)
    {
        using var scope = NewDisposeScope();
        var sets = SymmetricSets.Of(dimension).Concat(SpecialSets.Of(dimension).Select(set => set.Points));
        foreach (var set in sets.Select(set => set.unsqueeze(0)).Append(Points(dimension).Coordinates))
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var views = Views(new PointSet(set.to(dtype), ones_like(set.narrow(-1, 0, 1)).to(dtype)));
            Assert.True((views.Weights > 0).all().item<bool>());
            var sums = zeros([set.shape[0]], dtype: ScalarType.Float64).index_add(0, views.Owners, views.Weights, 1);
            Same(sums, ones_like(sums));
            var product = matmul(views.Rotations, views.Rotations.transpose(-1, -2));
            Same(product, eye(dimension, dtype: ScalarType.Float64).expand_as(product));
            Same(linalg.det(views.Rotations), ones_like(views.Weights));
        }
    }

    /// <summary>How many frames sets have: all corners of a polygon, the ordered pairs of corners of a polyhedron that
    /// lie outermost, eight turns about a line.</summary>
    [Theory]
    [InlineData(2, "two points", 2), InlineData(2, "hexagon", 6), InlineData(2, "benzene", 6)]
    [InlineData(2, "all coincident", 1), InlineData(3, "tetrahedron", 12), InlineData(3, "octahedron", 24)]
    [InlineData(3, "cube", 48), InlineData(3, "icosahedron", 120), InlineData(3, "methane", 12)]
    [InlineData(3, "acetylene", 16), InlineData(3, "benzene", 24)]
    public void Of_SymmetricSets_HaveAFrameForEachSymmetricChoice(int dimension, string name, int expected)
    {
        using var scope = NewDisposeScope();
        var set = SpecialSets.Of(dimension).Single(special => special.Name == name).Points.unsqueeze(0);
        var views = Views(new PointSet(set, ones_like(set.narrow(-1, 0, 1))));
        Assert.Equal(expected, views.Weights.shape[0]);
        Same(views.Weights, ones_like(views.Weights) / expected);
    }

    /// <summary>Of many points in a ball few are outer ones.</summary>
    [Theory]
    [InlineData(2, 15), InlineData(3, 60)]
    public void Of_ManyPoints_HasFewFrames(int dimension, int most)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var points = randn([8, 3000, dimension], dtype: ScalarType.Float64, generator: generator);
        var inBall = points / points.norm(-1).unsqueeze(-1) * rand([8, 3000, 1], generator: generator).sqrt();
        foreach (var set in new[] { points, inBall })
        {
            var views = Views(new PointSet(set, ones_like(set.narrow(-1, 0, 1))));
            Assert.InRange(views.Weights.shape[0] / 8, 1, most);
        }
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Of_TurnedFrames_ChangesViewsButNotWeights(int dimension)
    {
        using var scope = NewDisposeScope();
        var points = Points(dimension);
        var plain = Views(points);
        var angles = tensor([0.0, 0.5, 2, 4], dtype: ScalarType.Float64);
        var turned = Views(points, draws: new TurnedFrames(angles));
        Same(turned.Weights, plain.Weights);
        // The first view of each set.
        long[] firsts = [.. Enumerable.Range(0, 4).Select(i => Array.IndexOf(plain.Owners.data<long>().ToArray(), i))];
        var places = tensor(firsts);
        var x = plain.Points.Coordinates.index_select(0, places);
        var y = turned.Points.Coordinates.index_select(0, places);
        Same(y[0], x[0]);
        Assert.True((y[1] - x[1]).abs().max().item<double>() > 0.1);
        Same(y.square().sum(-1), x.square().sum(-1));
        if (dimension == 3) Same(y.select(-1, 0), x.select(-1, 0));              // about the first axis in space
        var back = new SE2().Act(
            stack([angles, zeros_like(angles), zeros_like(angles)], -1).view(4, 1, 3),
            y.narrow(-1, dimension - 2, 2));
        Same(back, x.narrow(-1, dimension - 2, 2));
    }

    private static FrameViews Views(PointSet points, LieGroup? group = null, Draws? draws = null) => FrameViews.Create(
        points, FrameSymmetry.Find(group ?? LieGroups.Parse(points.Coordinates.shape[^1] == 2 ? "SE2" : "SE3"))!,
        draws ?? NoDraws.Instance);

    private static void Same(Tensor a, Tensor b, double tolerance = 1e-12) =>
        Assert.InRange((a - b).abs().max().item<double>(), 0, tolerance);

    private static PointSet Points(int dimension)
    {
        using var generator = new Generator(7);
        return new PointSet(
            randn([4, 6, dimension], dtype: ScalarType.Float64, generator: generator),
            randn([4, 6, 2], dtype: ScalarType.Float64, generator: generator));
    }
}
