using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Networks with weighted frames: invariant to round-off, and smooth where a single frame is not.</summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class WeightedNetworkTests
{
    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [16],
        Block = new() { Neighborhood = NeighborhoodKind.Everything, Frames = FrameChoice.Weighted },
    };

    public static TheoryData<string> Groups => ["SE2", "SE3", "SO2", "SO3", "RxSO2"];

    [Theory]
    [InlineData("SE2", "T2"), InlineData("SE3", "T3"), InlineData("SO2", "Trivial2"), InlineData("SO3", "Trivial3")]
    [InlineData("RxSO2", "Rx"), InlineData("SE3[2,3,4]", "SE3[3,4]"), InlineData("SE3[2,5]", "SE3[5]")]
    public void Forward_MovedPoints_GivesTheSame(string name, string unturned)
    {
        Assert.InRange(Error(name, name, Options, ScalarType.Float64), 0, 1e-12);
        Assert.InRange(Error(name, name, Options, ScalarType.Float32), 0, 1e-5);
        Assert.InRange(Error(name, name, Options with
        {
            Block = Options.Block with { SharedLift = true },
        }, ScalarType.Float64), 0, 1e-12);
        Assert.InRange(Error(name, name, Options with { Pool = false }, ScalarType.Float64), 0, 1e-12);
        Assert.InRange(Error(name, name, Options with
        {
            Block = Options.Block with { Mean = false },
        }, ScalarType.Float64), 0, 1e-12);
        // The control: a group without rotations does not respect them.
        Assert.True(Error(name, unturned, Options with
        {
            Block = Options.Block with { Frames = FrameChoice.Sampled },
        }, ScalarType.Float64) > 1e-6);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Forward_PaddingOrderAndBatch_DoNotMatter(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options, ScalarType.Float64);
        var points = Points(network.Group, ScalarType.Float64);
        var all = Call(network, points);
        void Same(Tensor other, Tensor expected) =>
            Assert.InRange((other - expected).abs().max().item<double>(), 0, 1e-12);

        using var generator = new Generator(5);
        var order = randperm(9, generator: generator);
        Same(Call(network, new PointSet(
            points.Coordinates.index_select(1, order), points.Values.index_select(1, order))), all);
        Same(Call(network, new PointSet(points.Coordinates.narrow(0, 1, 1), points.Values.narrow(0, 1, 1))), all[1]);
        Same(Call(network, Padded(points, points.Coordinates)), all);
        // The control: without its mask, padding is points.
        var unmasked = Padded(points, points.Coordinates, padding: 0.5) with { Mask = null };
        Assert.True((Call(network, unmasked) - all).abs().max().item<double>() > 1e-4);
    }

    [Theory]
    [InlineData("SE2", false), InlineData("SE2", true), InlineData("SE3", false), InlineData("SE3", true)]
    [InlineData("SO2", true), InlineData("SO3", true), InlineData("RxSO2", true), InlineData("SE3[1,3,4,5]", true)]
    public void Derivatives_GenericPoints_AreThoseOfFiniteDifferences(string name, bool padded)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options, ScalarType.Float64);
        AssertDerivatives(network, Points(network.Group, ScalarType.Float64), padded, step: 1e-5);
    }

    /// <summary>Where the order of the sizes changes, and a single frame would jump.</summary>
    [Theory]
    [MemberData(nameof(FramePaths.Names), MemberType = typeof(FramePaths))]
    public void Forward_AlongAPathThroughSymmetry_ChangesByTheStep(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var path = FramePaths.Named(name);
        var group = path(0, 1, 1).Coordinates.shape[^1] == 2 ? "SE2" : "SE3";
        double Largest(int steps)
        {
            using var inner = NewDisposeScope();
            using var network = Network(group, Options, ScalarType.Float64);
            return Call(network, path(-0.11, 0.1, steps)).diff(dim: 0).abs().max().item<double>();
        }

        Assert.InRange(Largest(800) / Largest(100), 0, 0.25);
    }

    /// <summary>Proper rotations only: four different points look other than their mirror image.</summary>
    [Fact]
    public void Forward_MirrorImage_GivesAnother()
    {
        using var scope = NewDisposeScope();
        using var network = Network("SE3", Options, ScalarType.Float64);
        SteepWeights.Of(network);
        var points = Points(network.Group, ScalarType.Float64);
        var mirrored = points with { Coordinates = points.Coordinates * tensor([1.0, 1, -1]) };
        Assert.True((Call(network, mirrored) - Call(network, points)).abs().max().item<double>() > 1e-4);
    }

    /// <summary>Items may share one geometry, and views may be worked on in parts.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Forward_SharedGeometryAndParts_GiveTheSame(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = Network(name, Options, ScalarType.Float64);
        var dimension = network.Group.PointDim;
        var hexagon = SpecialSets.Of(dimension).Single(set => set.Name == "hexagon").Points.unsqueeze(0);
        var values = randn([3, 6, 2], dtype: ScalarType.Float64);
        var shared = Call(network, new PointSet(hexagon, values));
        var each = new PointSet(hexagon.expand(3, 6, dimension), values);
        var whole = Call(network, each);
        network.PairsAtOnce = 80;
        Assert.InRange((shared - whole).abs().max().item<double>(), 0, 1e-13);
        Assert.InRange((Call(network, each) - whole).abs().max().item<double>(), 0, 1e-13);
        Assert.InRange((Call(network, new PointSet(hexagon, values)) - whole).abs().max().item<double>(), 0, 1e-13);
        Assert.True((whole[0] - whole[1]).abs().max().item<double>() > 1e-6);
    }

    /// <summary>A point that is no number is refused by its set and place.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Forward_NaNInOneSet_NamesIt(string name)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = Network(name, Options, ScalarType.Float64);
        var points = Points(network.Group, ScalarType.Float64);
        var coordinates = points.Coordinates.clone();
        coordinates[1, 2, 0] = double.NaN;
        var error = Assert.Throws<ArgumentException>(() => Call(network, points with { Coordinates = coordinates }));
        Assert.StartsWith("Coordinates is not finite at point 2 of set 1;", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Derivatives_SymmetricAndCoincidentPoints_AreFinite(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            using var network = Network(name, Options, dtype);
            foreach (var set in SymmetricSets.Of(group.PointDim))
            foreach (var values in Fillings(set.shape[0], dtype))
            {
                var x = set.to(dtype).unsqueeze(0).requires_grad_();
                var output = Call(network, new PointSet(x, values.requires_grad_()));
                Assert.True(output.isfinite().all().item<bool>());
                foreach (var leaf in new[] { x, values })
                {
                    var gradient = Derivative.Compute(output.sin().sum(), leaf, createGraph: true);
                    var second = Derivative.Compute(gradient.sin().sum(), leaf, createGraph: true);
                    Assert.True(gradient.isfinite().all().item<bool>());
                    Assert.True(second.isfinite().all().item<bool>());
                }
            }
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Forward_WithoutGradients_LeavesNothingAlive()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = Network("SE3", Options, ScalarType.Float64);
        Assert.False(Call(network, Points(network.Group, ScalarType.Float64)).requires_grad);
    }

    /// <summary>Values alike, in one channel only, all 0, and all different.</summary>
    private static Tensor[] Fillings(long n, ScalarType dtype)
    {
        var rising = arange(1, n + 1, dtype: dtype).reshape(1, n, 1);
        return
        [
            ones([1, n, 2], dtype: dtype), cat([rising, ones_like(rising)], -1), zeros([1, n, 2], dtype: dtype),
            cat([rising.square(), (rising * 1.3).sin()], -1),
        ];
    }

    private static void AssertDerivatives(
        LieResNet network, PointSet points, bool padded, double step, double tolerance = 1e-5)
    {
        using var generator = new Generator(8);
        var direction = randn(points.Coordinates.shape, dtype: ScalarType.Float64, generator: generator);
        Tensor Value(Tensor x) =>
            Call(network, padded ? Padded(points, x) : points with { Coordinates = x }).sin().sum();
        Tensor Gradient(Tensor x) => Derivative.Compute(Value(x), x, createGraph: true);
        Tensor At(double length) => (points.Coordinates + direction * length).detach().requires_grad_();

        var start = At(0);
        var gradient = Gradient(start);
        var slope = (Value(At(step)) - Value(At(-step))).item<double>() / (2 * step);
        var expected = (gradient * direction).sum().item<double>();
        Assert.InRange(Math.Abs(slope - expected), 0, tolerance * Math.Max(0.01, Math.Abs(expected)));
        var curvature = Derivative.Compute((gradient * direction).sum(), start, createGraph: false);
        var difference = (Gradient(At(step)) - Gradient(At(-step))) / (2 * step);
        var size = curvature.abs().max().item<double>();
        Assert.True(size > 1e-6, $"{size}");
        Assert.InRange((curvature - difference).abs().max().item<double>() / size, 0, tolerance);
    }

    private static double Error(string mover, string name, LieResNetOptions options, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, options, dtype);
        return EquivarianceReport.Measure(
            LieGroups.Parse(mover), network.call, Points(network.Group, dtype), new EquivarianceOptions()).Largest;
    }

    private static Tensor Call(LieResNet network, PointSet points) => network.call(points, NoDraws.Instance);

    private static LieResNet Network(string name, LieResNetOptions options, ScalarType dtype)
    {
        random.manual_seed(4);
        var network = new LieResNet(LieGroups.Parse(name), options);
        network.to(dtype);
        network.eval();
        return network;
    }

    private static PointSet Points(LieGroup group, ScalarType dtype)
    {
        using var generator = new Generator(9);
        var coordinates = randn([2, 9, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var values = randn([2, 9, 2], dtype: ScalarType.Float64, generator: generator);
        return new PointSet(coordinates.to(dtype), values.to(dtype));
    }

    private static PointSet Padded(PointSet points, Tensor coordinates, double padding = double.NaN)
    {
        var (b, n, dtype) = (coordinates.shape[0], coordinates.shape[1], coordinates.dtype);
        return new PointSet(
            cat([coordinates, full([b, 3, coordinates.shape[2]], padding, dtype: dtype)], 1),
            cat([points.Values, full([b, 3, points.Values.shape[2]], padding, dtype: dtype)], 1),
            cat([ones([b, n], dtype: ScalarType.Bool), zeros([b, 3], dtype: ScalarType.Bool)], 1));
    }
}
