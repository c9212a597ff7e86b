using LieConv.Benchmarks.Reference;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Benchmarks;

/// <summary>The network that benchmarks compare with computes the same function as ours: else its times would mean
/// nothing.</summary>
[Collection("Serial")]
public sealed class ReferenceNetworkTests
{
    private const double Tolerance = 1e-8;

    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 2, Outputs = 3, Layers = 3, Channels = [16, 20, 20, 24],
        Block = new() { SampleCount = 7 }, FillFractions = [0.3],
    };

    /// <remarks>Several lifts of SE(2) at equal steps tie where less than half the points is left out.</remarks>
    [Theory]
    [InlineData("T2", 1, 0.7)]
    [InlineData("Trivial2", 1, 0.7)]
    [InlineData("SO2:0.2", 1, 0.7)]
    [InlineData("RxSO2:0.3", 1, 0.7)]
    [InlineData("SE2:0.05", 2, 0.4)]
    public void Apply_ImagesThatShareGeometry_EqualsOurs(string name, int lifts, double kept)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options with
        {
            Block = Options.Block with { LiftSamples = lifts }, DownsampleFraction = kept,
        });
        var points = new PointSet(
            randn(1, 40, 2, dtype: ScalarType.Float64) * 5, randn(4, 40, 2, dtype: ScalarType.Float64));
        var repeated = points with { Coordinates = points.Coordinates.repeat(4, 1, 1) };
        AssertEqual(network, points, new GeneratorDraws(new Generator(7)),
            repeated, new RepeatedDraws(new GeneratorDraws(new Generator(7))));
    }

    [Theory]
    [InlineData("T3", 1, NeighborhoodKind.Everything)]
    [InlineData("T3", 1, NeighborhoodKind.Nearest)]
    [InlineData("SE3:0.2", 2, NeighborhoodKind.Ball)]
    public void Apply_PaddedMolecules_EqualsOurs(string name, int lifts, NeighborhoodKind neighborhood)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, Options with
        {
            Block = Options.Block with { LiftSamples = lifts, Neighborhood = neighborhood },
        });
        var points = Padded();
        AssertEqual(network, points, new GeneratorDraws(new Generator(7)), points, new GeneratorDraws(new Generator(7)));
    }

    [Fact]
    public void Apply_AfterItsStatisticsMoved_StillEqualsOursInEvaluation()
    {
        using var scope = NewDisposeScope();
        using var network = Network("T3", Options with
        {
            Block = Options.Block with { Neighborhood = NeighborhoodKind.Everything },
        });
        using var reference = new ReferenceNetwork(network, keepsGeometry: false);
        var points = Padded();
        network.call(points, new GeneratorDraws(new Generator(7)));
        reference.Apply(points, new GeneratorDraws(new Generator(7)));
        network.eval();
        reference.Training = false;
        var ours = network.call(points, new GeneratorDraws(new Generator(7)));
        AssertClose(ours, reference.Apply(points, new GeneratorDraws(new Generator(7))));
    }

    // Negative control: with other draws the reference samples other neighbours, and the comparison must see that.
    [Fact]
    public void Apply_OtherDraws_Differs()
    {
        using var scope = NewDisposeScope();
        using var network = Network("SE3:0.2", Options with { Block = Options.Block with { LiftSamples = 2 } });
        using var reference = new ReferenceNetwork(network, keepsGeometry: false);
        var points = Padded();
        var ours = network.call(points, new GeneratorDraws(new Generator(7)));
        Assert.True(Largest(ours - reference.Apply(points, new GeneratorDraws(new Generator(8)))) > 1e-4);
    }

    private static LieResNet Network(string group, LieResNetOptions options)
    {
        random.manual_seed(4);
        var network = new LieResNet(LieGroups.Parse(group), options);
        network.to(ScalarType.Float64);
        return network;
    }

    private static PointSet Padded()
    {
        var mask = ones(3, 9, dtype: ScalarType.Bool);
        mask[1, 5..] = tensor(false);
        mask[2, 7..] = tensor(false);
        return new PointSet(
            randn(3, 9, 3, dtype: ScalarType.Float64) * 1.5, randn(3, 9, 2, dtype: ScalarType.Float64), mask);
    }

    private static void AssertEqual(LieResNet network, PointSet points, Draws draws, PointSet same, Draws sameDraws)
    {
        using var reference = new ReferenceNetwork(network, keepsGeometry: false);
        var (ours, gradients) = Run(network, () => network.call(points, draws));
        var (theirs, expected) = Run(network, () => reference.Apply(same, sameDraws));
        AssertClose(ours, theirs);
        Assert.Equal(expected.Keys, gradients.Keys);
        // The gradients of biases in front of a normalisation vanish but for round-off.
        var size = expected.Values.Max(Largest);
        Assert.All(expected, pair =>
            Assert.InRange(Largest(gradients[pair.Key] - pair.Value) / size, 0, Tolerance));
    }

    private static (Tensor Output, Dictionary<string, Tensor> Gradients) Run(LieResNet network, Func<Tensor> forward)
    {
        network.zero_grad();
        var output = forward();
        (output * arange(output.numel(), dtype: ScalarType.Float64).view(output.shape).cos()).sum().backward();
        return (output, network.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
    }

    private static void AssertClose(Tensor actual, Tensor expected) =>
        Assert.InRange(Largest(actual - expected), 0, Tolerance * Math.Max(1, Largest(expected)));

    private static double Largest(Tensor x) => x.detach().abs().max().item<double>();
}
