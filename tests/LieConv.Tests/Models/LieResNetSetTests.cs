using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>A network on sets does not see the order of points, padding, or what else is in the batch.</summary>
[Collection("Serial")]
public sealed class LieResNetSetTests
{
    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [16], Block = new() { SampleCount = 4, BatchNorm = true },
    };

    public static TheoryData<string, NeighborhoodKind> Kinds => new()
    {
        { "T2", NeighborhoodKind.Everything }, { "T3", NeighborhoodKind.Nearest }, { "SO2", NeighborhoodKind.Nearest },
        { "RxSO2", NeighborhoodKind.Everything }, { "Trivial2", NeighborhoodKind.Nearest },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_PermutedPoints_GivesTheSame(string name, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare(name, kind);
        var order = randperm(points.Coordinates.shape[1]);
        var permuted = new PointSet(points.Coordinates.index_select(1, order), points.Values.index_select(1, order));
        AssertSame(Call(network, points), Call(network, permuted));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_PaddingWithAnything_GivesTheSame(string name, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare(name, kind);
        var (b, n, dim) = (points.Coordinates.shape[0], points.Coordinates.shape[1], points.Coordinates.shape[2]);
        foreach (var filling in new[] { 0.0, 7.5, double.NaN })
        {
            var padded = new PointSet(
                cat([points.Coordinates, full([b, 3, dim], filling, dtype: ScalarType.Float64)], 1),
                cat([points.Values, full([b, 3, 2], filling, dtype: ScalarType.Float64)], 1),
                cat([ones([b, n], dtype: ScalarType.Bool), zeros([b, 3], dtype: ScalarType.Bool)], 1));
            AssertSame(Call(network, points), Call(network, padded));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Backward_PaddingWithNaN_LeavesGradientsFinite(string name, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare(name, kind);
        network.train();
        var mask = ones(points.Coordinates.shape[..2], dtype: ScalarType.Bool);
        mask[1, 5] = tensor(false);
        points.Coordinates[1, 5] = tensor(double.NaN);
        points.Values[1, 5] = tensor(double.NaN);
        Call(network, points with { Mask = mask }).square().sum().backward();
        foreach (var (key, parameter) in network.named_parameters())
            Assert.True(parameter.grad!.isfinite().all().item<bool>(), key);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_OtherItemsInTheBatch_ChangeNothing(string name, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare(name, kind);
        var first = new PointSet(points.Coordinates[..1], points.Values[..1]);
        AssertSame(Call(network, points)[..1], Call(network, first));
    }

    [Fact]
    public void Forward_SharedGeometry_IsThatOfEachItem()
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare("SE2", NeighborhoodKind.Everything);
        var shared = new PointSet(points.Coordinates[..1], points.Values);
        var perItem = new PointSet(points.Coordinates[..1].expand(points.Values.shape[0], -1, -1), points.Values);
        AssertSame(network.call(shared, new ConstantDraws()), network.call(perItem, new ConstantDraws()));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(NeighborhoodKind.Ball, 0.5)]
    [InlineData(NeighborhoodKind.Nearest, 1)]
    [InlineData(NeighborhoodKind.Everything, 0.5)]
    public void Forward_ItemWithoutPoints_IsFinite(NeighborhoodKind kind, double kept)
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare("T2", kind, kept);
        network.train();
        var mask = ones(points.Coordinates.shape[..2], dtype: ScalarType.Bool);
        mask[0] = tensor(false);
        var output = Call(network, points with { Mask = mask });
        output.sum().backward();
        Assert.True(output.isfinite().all().item<bool>());
        Assert.All(network.state_dict().Values, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Forward_SinglePoint_IsFinite()
    {
        using var scope = NewDisposeScope();
        var (network, points) = Prepare("T2", NeighborhoodKind.Ball, 0.5);
        var single = new PointSet(points.Coordinates[.., ..1], points.Values[.., ..1]);
        Assert.True(Call(network, single).isfinite().all().item<bool>());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(2, 9, 3, 2, 9, 2, "Coordinates has shape (2, 9, 3); expected (g, n, D) = (any, any, 2).")]
    [InlineData(2, 9, 2, 2, 8, 2, "Values has shape (2, 8, 2); expected (b, n, c) = (any, 9, any).")]
    [InlineData(2, 9, 2, 3, 9, 2, "Values has 3 items and Coordinates 2 geometries")]
    [InlineData(2, 0, 2, 2, 0, 2, "The point sets are empty")]
    [InlineData(2, 9, 2, 2, 9, 5, "Values has shape (2, 9, 5); expected (b, n, c) = (any, any, 2).")]
    public void Forward_WrongShapes_IsOneSentence(long g, long n, long dim, long b, long n2, long c, string sentence)
    {
        using var scope = NewDisposeScope();
        var (network, _) = Prepare("T2", NeighborhoodKind.Ball);
        var points = new PointSet(zeros([g, n, dim], ScalarType.Float64), zeros([b, n2, c], ScalarType.Float64));
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => Call(network, points)).Message);
    }

    private static (LieResNet Network, PointSet Points) Prepare(string name, NeighborhoodKind kind, double kept = 1)
    {
        random.manual_seed(3);
        var group = LieGroups.Parse(name);
        var network = new LieResNet(group, Options with
        {
            Block = Options.Block with { Neighborhood = kind }, DownsampleFraction = kept,
        });
        network.to(ScalarType.Float64);
        network.eval();
        var points = rand([3, 11, group.PointDim], dtype: ScalarType.Float64) + 0.5;
        return (network, new PointSet(points, randn([3, 11, 2], dtype: ScalarType.Float64)));
    }

    private static Tensor Call(LieResNet network, PointSet points) =>
        network.call(points, new GeneratorDraws(new Generator(1)));

    private static void AssertSame(Tensor expected, Tensor actual) =>
        Assert.True((expected - actual).abs().max().item<double>() < 1e-12);

    /// <summary>The same draw for every item and point.</summary>
    private sealed class ConstantDraws : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) => full(shape, 0.7, dtype: dtype);

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Ranks(long[] shape, Device device) => zeros(shape);

        public override long[] Starts(ReadOnlySpan<long> validCounts) => new long[validCounts.Length];
    }
}
