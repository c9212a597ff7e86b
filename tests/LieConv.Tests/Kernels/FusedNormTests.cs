using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

public sealed class FusedNormTests
{
    public static TheoryData<Activation?, bool, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<Activation?, bool, bool, int>();
            foreach (var activation in new Activation?[] { null, Activation.Swish, Activation.Relu })
                foreach (var ofBatch in new[] { true, false })
                    foreach (var masked in new[] { true, false })
                        foreach (var channels in new[] { 16, 38, 64 }) cases.Add(activation, ofBatch, masked, channels);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_AnyCase_AgreesWithPlainPathInFloat64(Activation? activation, bool ofBatch, bool masked, int channels)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator);
        var x = (Normal(3, 150, 2, channels) * 3 + 100).requires_grad_();            // a mean that cancels in E[x²] - E[x]²
        var (weight, bias) = (Normal(channels).requires_grad_(), Normal(channels).requires_grad_());
        var cotangent = Normal(3, 150, 2, channels);
        var mask = masked ? Normal(3, 150, 1) > -0.5 : null;
        var count = mask is null ? 900 : 2 * mask.sum().item<long>();
        var call = new NormCall(1e-5, activation, ofBatch, count);
        SkipWithoutVectors(x, activation);

        var (mean, variance) = ofBatch
            ? FusedNorm.Statistics(x, mask, count)
            : (full(channels, 100f), full(channels, 9f));
        var fused = FusedNorm.Apply(x, mask, weight, bias, mean, variance, call);
        var gradients = autograd.grad([(fused * cotangent).sum()], [x, weight, bias]);

        var exact = new[] { x, weight, bias }.Select(t => t.detach().to(ScalarType.Float64).requires_grad_()).ToArray();
        var statistics = ofBatch
            ? PlainNorm.Statistics(exact[0], mask)
            : (mean.to(ScalarType.Float64), variance.to(ScalarType.Float64));
        var plain = PlainNorm.Apply(exact[0], mask, exact[1], exact[2], statistics.Item1, statistics.Item2, call);
        var expected = autograd.grad([(plain * cotangent).sum()], exact);

        AssertClose(plain, fused);
        for (var i = 0; i < expected.Count; i++) AssertClose(expected[i], gradients[i]);
    }

    [Fact]
    public void Apply_VarianceBelowTheFloor_CutsItsGradient()
    {
        using var scope = NewDisposeScope();
        var x = full([40, 16], 2f).requires_grad_();
        var (weight, bias) = (ones(16).requires_grad_(), zeros(16).requires_grad_());
        var (mean, variance) = FusedNorm.Statistics(x, null, 40);
        var y = FusedNorm.Apply(x, null, weight, bias, mean, variance, new NormCall(1e-5, null, true, 40));
        var cotangent = arange(640, dtype: ScalarType.Float32).view(40, 16);
        var gradient = autograd.grad([(y * cotangent).sum()], [x])[0];
        var expected = (cotangent - cotangent.mean([0L])) / Math.Sqrt(1e-5);
        AssertClose(expected, gradient);
    }

    [Theory]
    [InlineData(Activation.Swish), InlineData(null)]
    public void Backward_CreateGraph_GivesThePlainSecondDerivatives(Activation? activation)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var x = randn([30, 16], generator: generator).requires_grad_();
        SkipWithoutVectors(x, activation);
        var (weight, bias) = (ones(16).requires_grad_(), zeros(16).requires_grad_());
        var cotangent = randn([30, 16], generator: generator);
        var call = new NormCall(1e-5, activation, true, 30);
        Tensor Second(Tensor y)
        {
            var first = autograd.grad([(y * cotangent).sum()], [x], retain_graph: true, create_graph: true)[0];
            return autograd.grad([first.pow(3).sum()], [x], retain_graph: true)[0];
        }

        var (mean, variance) = FusedNorm.Statistics(x, null, 30);
        var (plainMean, plainVariance) = PlainNorm.Statistics(x, null);
        AssertClose(
            Second(PlainNorm.Apply(x, null, weight, bias, plainMean, plainVariance, call)),
            Second(FusedNorm.Apply(x, null, weight, bias, mean, variance, call)));
    }

    /// <summary>Without 512-bit vectors the passes run all the same, slowly, but for swish.</summary>
    private static void SkipWithoutVectors(Tensor x, Activation? activation) => Assert.SkipUnless(
        FusedNorm.Supports(x) || activation != Activation.Swish, "This machine has no 512-bit vectors.");

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var difference = (expected - actual.to(expected.dtype)).abs().max().to(ScalarType.Float64).item<double>();
        var error = difference / expected.abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(error < 2e-5, $"relative error {error}");
    }
}
