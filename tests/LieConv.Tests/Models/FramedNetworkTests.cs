using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Tests.Groups;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Networks without draws and with all points as neighbours: invariant to round-off, and smooth.</summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class FramedNetworkTests
{
    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [16],
        Block = new() { Neighborhood = NeighborhoodKind.Everything, Frames = FrameChoice.Framed },
    };

    public static MatrixTheoryData<string, bool> Cases =>
        new(["SE2", "SO2", "SO3", "SE3", "SE3[2,3,4,5]"], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_MovedPoints_GivesTheSame(string name, bool shared)
    {
        var options = Options with { Block = Options.Block with { SharedLift = shared } };
        Assert.InRange(Error(name, options, ScalarType.Float64), 0, 1e-12);
        Assert.InRange(Error(name, options, ScalarType.Float32), 0, 2e-6);
        if (name == "SO2") return;
        Assert.InRange(Error(name, options with
        {
            Block = options.Block with { LiftSamples = 3 },
        }, ScalarType.Float64), 0, 1e-12);
        // The control: the same draws for both passes do not turn with the points.
        Assert.True(Error(name, options with
        {
            Block = options.Block with { Frames = FrameChoice.Sampled },
        }, ScalarType.Float64) > 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives_GenericPoints_AreThoseOfFiniteDifferences(string name, bool shared)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options with
        {
            Block = Options.Block with { SharedLift = shared },
        }, ScalarType.Float64);
        var points = Points(network.Group, ScalarType.Float64);
        using var generator = new Generator(8);
        var direction = randn(points.Coordinates.shape, dtype: ScalarType.Float64, generator: generator);
        Tensor Value(Tensor x) => Call(network, points with { Coordinates = x }).sin().sum();
        Tensor Gradient(Tensor x) => Derivative.Compute(Value(x), x, createGraph: true);
        Tensor At(double step) => (points.Coordinates + direction * step).detach().requires_grad_();

        const double step = 1e-5;
        var start = At(0);
        var gradient = Gradient(start);
        var slope = (Value(At(step)) - Value(At(-step))).item<double>() / (2 * step);
        var expected = (gradient * direction).sum().item<double>();
        Assert.InRange(Math.Abs(slope - expected), 0, 1e-7 * Math.Max(1, Math.Abs(expected)));
        var curvature = Derivative.Compute((gradient * direction).sum(), start, createGraph: false);
        var difference = (Gradient(At(step)) - Gradient(At(-step))) / (2 * step);
        var size = curvature.abs().max().item<double>();
        Assert.True(size > 1e-6, $"{size}");
        Assert.InRange((curvature - difference).abs().max().item<double>() / size, 0, 1e-5);
    }

    [Theory]
    [InlineData("SE2"), InlineData("SO3"), InlineData("SE3"), InlineData("SE3[2,3,4]")]
    public void Derivatives_SymmetricAndCoincidentPoints_AreFinite(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        foreach (var shared in new[] { false, true })
        {
            using var network = Network(name, Options with
            {
                Block = Options.Block with { SharedLift = shared },
            }, dtype);
            foreach (var set in SymmetricSets.Of(group.PointDim))
            {
                var x = set.to(dtype).unsqueeze(0).requires_grad_();
                var points = new PointSet(x, ones([1, x.shape[1], 2], dtype: dtype));
                var gradient = Derivative.Compute(Call(network, points).sin().sum(), x, createGraph: true);
                var second = Derivative.Compute(gradient.sin().sum(), x, createGraph: false);
                Assert.True(gradient.isfinite().all().item<bool>());
                Assert.True(second.isfinite().all().item<bool>());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_PaddingWithNaN_GivesTheSameAndFiniteGradients(string name, bool shared)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options with
        {
            Block = Options.Block with { SharedLift = shared },
        }, ScalarType.Float64);
        var points = Points(network.Group, ScalarType.Float64);
        var dimension = network.Group.PointDim;
        var x = points.Coordinates.requires_grad_();
        var padded = new PointSet(
            cat([x, full([2, 3, dimension], double.NaN, dtype: ScalarType.Float64)], 1),
            cat([points.Values, full([2, 3, 2], double.NaN, dtype: ScalarType.Float64)], 1),
            cat([ones([2, 9], dtype: ScalarType.Bool), zeros([2, 3], dtype: ScalarType.Bool)], 1));
        var (alone, among) = (Call(network, points with { Coordinates = x }), Call(network, padded));
        Assert.InRange((among - alone).abs().max().item<double>(), 0, 1e-12);
        var gradient = Derivative.Compute(among.sin().sum(), x, createGraph: true);
        Assert.True(gradient.isfinite().all().item<bool>());
        Assert.True(Derivative.Compute(gradient.sin().sum(), x, createGraph: false).isfinite().all().item<bool>());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void LieResNet_FramesOfAGroupWithoutFrames_SaysSo()
    {
        var group = MatrixGroupExamples.Lorentz();
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options));
        Assert.Contains(
            "has no frames; expected Sampled, or a group such as SE2.", error.Message, StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        var points = tensor([3.0, 1, 1]).reshape(1, 1, 3);
        error = Assert.Throws<ArgumentException>(
            () => group.Lift(points, new LiftOptions { Framed = true }, NoDraws.Instance));
        Assert.Contains("has no frames", error.Message, StringComparison.Ordinal);
    }

    private static double Error(string name, LieResNetOptions options, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, options, dtype);
        return EquivarianceReport.Measure(
            network.Group, (p, d) => network.call(p, options.Block.Frames == FrameChoice.Framed ? NoDraws.Instance : d),
            Points(network.Group, dtype), new EquivarianceOptions()).Largest;
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
}
