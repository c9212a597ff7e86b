using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using LieConv.Randomness;
using LieConv.Tests.Neighbours.Search;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours;

/// <summary>Neighbours that are equally far are all neighbours: a choice among them would see the order of points, and
/// rounding.</summary>
[Collection("Serial")]
[Trait("Category", "Equivariance")]
public sealed class NearestTiesTests
{
    public static TheoryData<string, string, ScalarType> Cases => new(
        from cloud in new[] { "triangle", "square and centre", "hexagon", "lattice", "coincident" }
        from name in new[] { "T2", "Trivial2", "SE2" }
        from dtype in new[] { ScalarType.Float32, ScalarType.Float64 }
        select (cloud, name, dtype));

    [Fact]
    public void Nearest_EqualDistances_AreAllNeighbours()
    {
        using var scope = NewDisposeScope();
        var distances = tensor(
            new[,] { { 0.0, 1, 1, 1, 2 }, { 0, 1, 2, 3, 4 }, { 5, 0, 5 * (1 + 1e-13), 7, 9 } }).unsqueeze(0);
        var (indices, mask) = NeighborSelection.Nearest(distances, null, 2);
        var rows = SearchCase.Sets(new ChosenNeighborhood(indices, mask, distances));
        Assert.Equal([[0, 1, 2, 3], [0, 1], [0, 1, 2]], rows);
    }

    /// <summary>Padding is never near, and a query with too few points gets no more of it.</summary>
    [Fact]
    public void Nearest_EqualDistancesBesidePadding_LeavesItOut()
    {
        using var scope = NewDisposeScope();
        var distances = tensor(new[,] { { 0.0, 1, 1, 1 }, { 0, 0, 0, 0 } }).unsqueeze(0);
        var valid = tensor(new[,] { { true, true, true, false }, { false, true, false, false } }).unsqueeze(0);
        var (indices, mask) = NeighborSelection.Nearest(distances, valid, 2);
        Assert.Equal([[0, 1, 2], [1]], SearchCase.Sets(new ChosenNeighborhood(indices, mask, distances)));
    }

    /// <summary>The same pairs whatever the order, wherever the set lies, by table and by both searches.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void FindNeighbours_SymmetricSet_IsThatOfTheSetMoved(string cloud, string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var x = SymmetricCloud(cloud).to(dtype);
        var order = randperm(x.shape[1], generator: new Generator(3));
        var turn = name == "Trivial2" ? eye(2, dtype: dtype) : SE2Turn(0.7).to(dtype);
        var moved = (x.matmul(turn.t()) + tensor([0.37, -1.21], dtype: dtype)).index_select(1, order);
        foreach (var group in new[] { LieGroups.Parse(name), new RecordingGroup(LieGroups.Parse(name)) })
        foreach (var searches in new[] { false, true })
        foreach (var count in new[] { 2, 4 })
        {
            var (before, after) = (Pairs(group, x, searches, count), Pairs(group, moved, searches, count));
            var expected = before.index_select(0, order).index_select(1, order);
            Assert.True(expected.Equals(after), $"searches {searches}, count {count}");
        }
    }

    [Theory]
    [InlineData("triangle"), InlineData("square and centre"), InlineData("hexagon"), InlineData("lattice")]
    [InlineData("coincident")]
    public void Network_SymmetricSet_GivesTheSameMovedAndInAnyOrder(string cloud)
    {
        using var scope = NewDisposeScope();
        using var network = new LieResNet(new Translation(2), new LieResNetOptions
        {
            Inputs = 2, Layers = 2, Channels = [16],
            Block = new() { SampleCount = 2, Neighborhood = NeighborhoodKind.Nearest, BatchNorm = false },
        });
        network.to(ScalarType.Float64);
        var x = SymmetricCloud(cloud);
        var values = randn([1, x.shape[1], 2], dtype: ScalarType.Float64);
        var expected = network.call(new PointSet(x, values), NoDraws.Instance);
        for (var seed = 0ul; seed < 5; seed++)
        {
            var order = randperm(x.shape[1], generator: new Generator(seed));
            var moved = x + randn([1, 1, 2], dtype: ScalarType.Float64, generator: new Generator(seed));
            var actual = network.call(
                new PointSet(moved.index_select(1, order), values.index_select(1, order)), NoDraws.Instance);
            Assert.InRange((actual - expected).abs().max().item<double>(), 0, 1e-12);
        }
    }

    /// <summary>A radius that is a distance of the grid: whether a point is inside must not be left to
    /// rounding.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, false), InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.Float64, false), InlineData(ScalarType.Float64, true)]
    public void FindNeighbours_PointsExactlyAtTheRadius_AreOutsideWhereverTheSetLies(ScalarType dtype, bool searches)
    {
        using var scope = NewDisposeScope();
        var group = new Translation(2);                                    // distances are 0.2 times those of positions
        using var layer = SearchCase.Layer(group, NeighborhoodKind.Ball, searches, count: 40);
        layer.eval();                                                      // at the first radius, 2
        var x = tensor(new double[,] { { 0, 0 }, { 10, 0 }, { 6, 8 }, { -8, 6 }, { 0, -10 }, { 3, 4 } }).unsqueeze(0);
        for (var angle = 0; angle < 40; angle++)
        {
            var moved = (x.matmul(SE2Turn(angle).t()) + tensor([0.1, 0.3]) * angle).to(dtype);
            var points = new LiftedElements(moved, null);
            var found = SearchCase.Sets(layer.Finder.Find(points, null, points, null, null, SearchCase.Draws()));
            Assert.Equal([0L, 5], found[0]);
        }
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void FindNeighbours_MoreEqualsThanCanBeHeld_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        var points = new LiftedElements(zeros([1, 9000, 2], dtype: ScalarType.Float64), null);
        foreach (var group in new LieGroup[] { new Translation(2), new RecordingGroup(new Translation(2)) })
        {
            using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches: true);
            var failure = Assert.Throws<ArgumentException>(
                () => layer.Finder.Find(points, null, points, null, null, NoDraws.Instance));
            Assert.Contains("has 9000 nearest neighbours in place of 7, since so many are equally near", failure.Message,
                StringComparison.Ordinal);
        }
    }

    /// <summary>Which points of one set are neighbours, boolean, shape (n, n).</summary>
    private static Tensor Pairs(LieGroup group, Tensor x, bool searches, int count)
    {
        using var layer = SearchCase.Layer(group, NeighborhoodKind.Nearest, searches, count);
        // Of SE2 all points have the same angle, as they have in a shared lift.
        var elements = group.ElementDim == 3 ? cat([zeros_like(x.narrow(-1, 0, 1)) + 0.4, x], -1) : x;
        var points = group.OrbitDim == 0
            ? new LiftedElements(elements, null)
            : group.Lift(x, LiftOptions.Default, NoDraws.Instance);
        var found = layer.Finder.Find(points, null, points, null, null, NoDraws.Instance);
        var rows = SearchCase.Sets(found);
        var pairs = zeros([x.shape[1], x.shape[1]], dtype: ScalarType.Bool);
        for (var i = 0; i < rows.Count; i++)
            foreach (var j in rows[i]) pairs[i, j] = tensor(true);
        return pairs;
    }

    private static Tensor SE2Turn(double angle) => tensor(
        new[,] { { Math.Cos(angle), -Math.Sin(angle) }, { Math.Sin(angle), Math.Cos(angle) } });

    private static Tensor SymmetricCloud(string cloud)
    {
        Tensor Polygon(int n)
        {
            var angles = arange(n, dtype: ScalarType.Float64) * (2 * Math.PI / n);
            return stack([angles.cos(), angles.sin()], -1);
        }

        var line = arange(5, dtype: ScalarType.Float64) * 0.3;
        return (cloud switch
        {
            "triangle" => Polygon(3),
            "square and centre" => cat([Polygon(4), zeros(1, 2, dtype: ScalarType.Float64)], 0),
            "hexagon" => Polygon(6),
            "lattice" => cartesian_prod([line, line]),
            _ => cat([Polygon(3), Polygon(3), Polygon(3)], 0),
        }).unsqueeze(0);
    }
}
