using LieConv.Cpu;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>A whole network in float32, with its fused operations, against the plain operations in float64.</summary>
[Collection("Serial")]
public sealed class FusedNetworkTests
{
    private const double Tolerance = 2e-4;

    private static readonly LieResNetOptions Options = new()
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [64, 72, 84],
        Block = new() { SampleCount = 9 }, DownsampleFraction = 0.6,
        FillFractions = [0.3],
    };

    /// <remarks>Where the lifts of each point are equally far apart, rounding decides the subsample: with several of
    /// SE(2) nothing is left out. Two would differ by half a turn, whose sign is rounding too.</remarks>
    [Theory]
    [InlineData("T2", 1, 0.6, true)]
    [InlineData("Trivial2", 1, 0.6, false)]
    [InlineData("SO2:0.2", 1, 0.6, true)]
    [InlineData("SE2:0.2", 1, 0.6, true)]
    [InlineData("SE2:0.2", 3, 1, true)]
    [InlineData("SE3:0.2", 2, 0.6, true)]
    public void ForwardAndBackward_Float32_AgreeWithPlainFloat64(string name, int lifts, double kept, bool mean)
    {
        Assert.SkipUnless(CpuKernels.AreFast, "This machine has no vectors that kernels are written for.");
        using var scope = NewDisposeScope();
        var options = Options with
        {
            Block = Options.Block with { LiftSamples = lifts, Mean = mean }, DownsampleFraction = kept,
        };
        var (output, gradients) = Run(name, options, ScalarType.Float32);
        var (expected, expectedGradients) = Run(name, options, ScalarType.Float64);
        var largest = expectedGradients.Values.Max(Size);
        Assert.InRange(Size(output - expected) / Size(expected), 0, Tolerance);
        Assert.Equal(expectedGradients.Keys, gradients.Keys);
        foreach (var (key, gradient) in expectedGradients)
        {
            // The gradients of biases in front of a normalisation vanish but for round-off.
            var error = Size(gradients[key] - gradient) / (Size(gradient) + largest * 1e-2);
            Assert.True(error < Tolerance, $"{key}: relative error {error}");
        }
    }

    [Fact]
    public void Forward_WithoutGradients_BuildsNoGraph()
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse("T2");
        using var network = new LieResNet(group, Options);
        using var off = no_grad();
        var points = new PointSet(rand(1, 30, 2).requires_grad_(), randn(5, 30, 2).requires_grad_());
        Assert.False(network.call(points, new GeneratorDraws(new Generator(1))).requires_grad);
    }

    private static (Tensor Output, Dictionary<string, Tensor> Gradients) Run(
        string name, LieResNetOptions options, ScalarType dtype)
    {
        random.manual_seed(4);
        var group = LieGroups.Parse(name);
        var network = new LieResNet(group, options);
        network.to(dtype);
        using var generator = new Generator(9);
        Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator).to(dtype);
        var points = new PointSet(Normal(1, 40, group.PointDim), Normal(6, 40, 2));
        var output = network.call(points, new GeneratorDraws(generator));
        (output * Normal(6, 3)).sum().backward();
        return (output, network.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!));
    }

    private static double Size(Tensor x) => x.detach().abs().max().to(ScalarType.Float64).item<double>();
}
