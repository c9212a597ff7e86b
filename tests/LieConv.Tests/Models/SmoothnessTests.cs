using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Networks with frames along straight paths through special sets: the output, its slope and its curvature are
/// continuous there, and the derivatives are those of finite differences.</summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class SmoothnessTests
{
    private const double Step = 1e-4;

    public static TheoryData<string> Groups => ["SE2", "SO2", "SE3", "SO3", "SE3[2,3,4]"];

    /// <summary>What jumps at t = 0 does so whatever the step: here a tenth of the step leaves a fifth at most.
    /// </summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Derivatives_OnBothSidesOfASpecialSet_Meet(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, ScalarType.Float64);
        var path = new Path(network.Group.PointDim, 3);
        double[] steps = [Step * 10, Step];
        var jumps = steps.Select(step =>
        {
            var (before, after) = (path.At(network, -step, second: true), path.At(network, step, second: true));
            return before.Zip(after, (a, b) => (a - b).abs()).ToArray();
        }).ToArray();
        string[] kinds = ["value", "slope", "curvature"];
        for (var order = 0; order < 3; order++)
            for (var set = 0; set < path.Names.Count; set++)
            {
                var (coarse, fine) = (jumps[0][order][set].item<double>(), jumps[1][order][set].item<double>());
                // The curvature's own noise is rounding over the square of the distance from a line, 1e-3.
                Assert.True(fine <= 0.2 * coarse || fine < (order == 2 ? 1e-6 : 1e-9),
                    $"{name}, {path.Names[set]}, {kinds[order]}: {coarse} {fine}");
            }
    }

    /// <summary>The control: azimuths jump where two points lie opposite.</summary>
    [Fact]
    public void Value_OfAzimuthsOnBothSidesOfOppositePoints_DoesNotMeet()
    {
        using var scope = NewDisposeScope();
        using var network = Network("SO2", ScalarType.Float64, frames: false);
        var path = new Path(2, 3);
        var jump = (path.At(network, -Step, second: false)[0] - path.At(network, Step, second: false)[0]).abs();
        Assert.True(jump[path.Names.ToList().IndexOf("two points")].item<double>() > 1e-2);
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Derivatives_AtASpecialSet_AreThoseOfFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, ScalarType.Float64);
        foreach (var (at, tolerance) in new[] { (0.0, 1e-5), (2e-3, 1e-4), (0.08, 1e-4) })
        {
            var path = new Path(network.Group.PointDim, 5);
            var here = path.At(network, at, second: true);
            var before = path.At(network, at - 1e-5, second: false);
            var after = path.At(network, at + 1e-5, second: false);
            for (var order = 0; order < 2; order++)
            {
                var difference = (after[order] - before[order]) / 2e-5;
                var scale = here[order + 1].abs() + 0.03;
                var worst = ((difference - here[order + 1]).abs() / scale).max(0);
                var (error, place) = (worst.values.item<double>(), (int)worst.indexes.item<long>());
                Assert.True(error < tolerance * 10, $"{name}, {path.Names[place]} at {at}, order {order + 1}: {error}");
            }
        }
    }

    /// <summary>Second derivatives in single precision keep their digits, of three particles, too.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void SecondDerivatives_InSinglePrecision_AreThoseOfDouble(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6);
        var group = LieGroups.Parse(name);
        var points = randn([50, 3, group.PointDim], dtype: ScalarType.Float32, generator: generator);
        var values = randn([50, 3, 2], dtype: ScalarType.Float32, generator: generator);
        Tensor Second(ScalarType dtype)
        {
            using var network = Network(name, dtype);
            var x = points.to(dtype).detach().clone().requires_grad_();
            var energy = network.call(new PointSet(x, values.to(dtype)), NoDraws.Instance).sum();
            var gradient = Derivative.Compute(energy, x, createGraph: true);
            var weights = arange(gradient[0].numel(), dtype: dtype).cos().view(gradient[0].shape);
            return Derivative.Compute((gradient * weights).sum(), x, createGraph: false).to(ScalarType.Float64);
        }
        var (exact, single) = (Second(ScalarType.Float64), Second(ScalarType.Float32));
        var error = (single - exact).abs().max().item<double>() / exact.abs().max().item<double>();
        Assert.InRange(error, 0, 1e-4);
    }

    private static LieResNet Network(string name, ScalarType dtype, bool frames = true)
    {
        random.manual_seed(4);
        var network = new LieResNet(LieGroups.Parse(name), new LieResNetOptions
        {
            Inputs = 2, Outputs = 1, Layers = 2, Channels = [8],
            Block = new()
            {
                Neighborhood = NeighborhoodKind.Everything,
                Frames = frames ? FrameChoice.Weighted : FrameChoice.Sampled, BatchNorm = false,
            },
        });
        SteepWeights.Of(network);
        network.to(dtype);
        network.eval();
        return network;
    }

    /// <summary>All special sets, each moving along a direction of its own.</summary>
    private sealed class Path
    {
        private readonly Tensor _start;
        private readonly Tensor _direction;
        private readonly Tensor _mask;
        private readonly Tensor _values;

        public Path(int dimension, ulong seed)
        {
            using var generator = new Generator(seed);
            var sets = SpecialSets.Of(dimension);
            Names = [.. sets.Select(set => set.Name)];
            (_start, _mask) = PaddedSets.Of([.. sets.Select(set => set.Points)]);
            _start = _start.nan_to_num();
            _direction = randn(_start.shape, dtype: ScalarType.Float64, generator: generator);
            _values = PaddedSets.Values(_mask, alike: false);
        }

        public IReadOnlyList<string> Names { get; }

        /// <summary>Outputs, their slopes and (if asked) curvatures along the path at t, shape (sets).</summary>
        public Tensor[] At(LieResNet network, double t, bool second)
        {
            var x = (_start + _direction * t).detach().requires_grad_();
            var outputs = network.call(new PointSet(x, _values, _mask), NoDraws.Instance).squeeze(-1);
            var gradient = Derivative.Compute(outputs.sum(), x, createGraph: true);
            var slopes = (gradient * _direction).sum([1L, 2L]);
            if (!second) return [outputs.detach(), slopes.detach()];
            var curvature = Derivative.Compute(slopes.sum(), x, createGraph: false);
            return [outputs.detach(), slopes.detach(), (curvature * _direction).sum([1L, 2L]).detach()];
        }
    }
}
