using LieConv.Kernels;
using LieConv.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

public sealed class MaskedBatchNormOptionTests
{
    /// <summary>Both precisions, since single has a fused path; statistics start at 0 and 1.</summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void Forward_Momentum_WeighsTheNewestBatch(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        using var norm = new MaskedBatchNorm(3, Activation.Swish, momentum: 0.25, epsilon: 0.5);
        norm.to(dtype);
        var x = randn([40, 3], dtype: dtype) * tensor([0.1, 1, 3]).to(dtype) + 1;
        var (first, second) = (x[..20], x[20..]);
        norm.call(first, null);
        var y = norm.call(second, null);

        var (mean, variance) = (0.75 * (0.25 * first.mean([0L])) + 0.25 * second.mean([0L]),
            0.75 * (0.75 + 0.25 * first.var([0L], unbiased: true)) + 0.25 * second.var([0L], unbiased: true));
        Assert.True((norm.state_dict()["running_mean"] - mean).abs().max().IsWithin(tolerance));
        Assert.True((norm.state_dict()["running_var"] - variance).abs().max().IsWithin(tolerance));
        var floored = second.var([0L], unbiased: false).clamp(min: 0.5);
        Assert.True((y - nn.functional.silu((second - second.mean([0L])) / floored.sqrt())).abs().max().IsWithin(tolerance));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(-0.1, 1e-5, "Momentum is -0.1; expected a number from 0 to 1.")]
    [InlineData(1.5, 1e-5, "Momentum is 1.5; expected a number from 0 to 1.")]
    [InlineData(double.NaN, 1e-5, "Momentum is NaN; expected a number from 0 to 1.")]
    [InlineData(0.1, 0, "Epsilon is 0; expected a number above 0.")]
    public void Create_NumberOutOfRange_IsOneSentence(double momentum, double epsilon, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(
            () => new MaskedBatchNorm(3, null, momentum, epsilon)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_KernelNetworkWithoutUnits_IsOneSentence() => Assert.Equal(
        "A kernel network of 0 hidden units and 16 outputs; expected at least 1 of each.",
        Assert.Throws<ArgumentException>(() => new KernelNetwork(3, false, Activation.Relu, hiddenUnits: 0)).Message);
}

file static class Errors
{
    public static bool IsWithin(this Tensor error, double tolerance) =>
        error.to_type(ScalarType.Float64).item<double>() <= tolerance;
}
