using LieConv.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

/// <summary>Channels that are the same in all rows have a variance at the floor: whatever is left of them is multiplied
/// by 316.</summary>
public sealed class MaskedBatchNormTests
{
    public static MatrixTheoryData<int, ScalarType> Widths =>
        new([4, 32], [ScalarType.Float32, ScalarType.Float64]);        // the plain and the fused path

    /// <summary>What Adam does to a channel in front of a norm: steps of the learning rate in any direction, which the
    /// norm takes away in training.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_ConstantThatDrifts_IsTheSameInEvaluation(int channels, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var norm = new MaskedBatchNorm(channels);
        norm.to(dtype);
        using var generator = new Generator(1);
        var constant = randn([channels], dtype: dtype, generator: generator);
        Tensor Rows(long count) => constant.expand(count, channels);
        for (var step = 0; step < 300; step++)
        {
            norm.call(Rows(64), null);
            constant = constant + 3e-3 * randn([channels], dtype: dtype, generator: generator).sign();
        }
        var inTraining = norm.call(Rows(64), null);
        norm.eval();
        var inEvaluation = norm.call(Rows(64), null);
        Assert.InRange(inTraining.abs().max().to(ScalarType.Float64).item<double>(), 0, 0.01);
        Assert.InRange(inEvaluation.abs().max().to(ScalarType.Float64).item<double>(), 0, 0.01);
    }

    /// <summary>A constant of ten thousand has a rounding of a thousandth, a third of a deviation of the usual floor.
    /// </summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_LargeConstant_RoundingIsNoSignal(int channels, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var norm = new MaskedBatchNorm(channels);
        norm.to(dtype);
        var units = randint(-1, 2, [200, channels], dtype: dtype, generator: new Generator(2));
        var x = units * (finfo(dtype).eps * 8192) + 12_345.6789;               // neighbouring numbers
        for (var step = 0; step < 300; step++) norm.call(x, null);
        Assert.InRange(norm.call(x, null).abs().max().to(ScalarType.Float64).item<double>(), 0, 0.1);
        norm.eval();
        // A tenth of five units is rounded away, so that the running mean stops there.
        Assert.InRange(norm.call(x, null).abs().max().to(ScalarType.Float64).item<double>(), 0, 6.0 / 16);
    }

    /// <summary>What the running statistics allow is as in the original, below the floor too: (x - mean) / sqrt(1e-5).
    /// </summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_ValuesThatFitTheStatistics_AreAsInTheOriginal(int channels, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var norm = new MaskedBatchNorm(channels);
        norm.to(dtype);
        norm.RunningMean.fill_(0.5);
        norm.RunningVariance.fill_(4e-6);
        norm.RunningVariance[0] = 2;
        norm.eval();
        var x = randn([100, channels], dtype: dtype, generator: new Generator(2)).clamp(-3, 3) * 2e-3 + 0.5;
        x[3, 0] = 100;                                                  // above the floor nothing is cut
        var scale = ones([channels], dtype: dtype) / Math.Sqrt(1e-5);
        scale[0] = 1 / Math.Sqrt(2);
        Assert.True(norm.call(x, null).allclose((x - 0.5) * scale, 1e-3, 1e-4));
    }
}
