using LieConv.Kernels;
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

    /// <summary>The same from the second batch on, beside a channel that varies by little, whose mean drifts as much: in
    /// both modes the latter is its deviation from the batch's mean over sqrt(1e-5), as in the original's training.
    /// </summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_AfterFewSteps_IsTheSameInEvaluation(int channels, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        foreach (var steps in new[] { 2, 20, 60 })
        {
            using var norm = new MaskedBatchNorm(channels);
            norm.to(dtype);
            var constant = randn([channels], dtype: dtype, generator: generator);
            var spread = zeros([channels], dtype: dtype);
            spread[1] = 1e-3;                                           // a variance of 1e-6, below the floor
            Tensor Rows() => constant + randn([400, channels], dtype: dtype, generator: generator) * spread;
            for (var step = 0; step < steps; step++)
            {
                constant = constant + 3e-3 * randn([channels], dtype: dtype, generator: generator).sign();
                norm.call(Rows(), null);
            }
            var rows = Rows();
            norm.eval();
            var inEvaluation = norm.call(rows, null);
            norm.train();
            var inTraining = norm.call(rows, null);
            // The mean of 400 rows is known to a twentieth of a deviation, of which two are compared.
            var gap = (inEvaluation - inTraining).abs().amax([0L]).to(ScalarType.Float64);
            Assert.InRange(gap.max().item<double>(), 0, 0.3 * 1e-3 / Math.Sqrt(1e-5));
            Assert.InRange(gap[0].item<double>(), 0, 0.01);
            Assert.True(inTraining.select(1, 1).std().to(ScalarType.Float64).item<double>() > 0.25);
        }
    }

    /// <summary>Statistics are averaged, bit for bit as in the original, in channels that vary, in one that a first batch
    /// happens to have constant, and in one that is constant now and was not before.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_ChannelsThatVary_AreAveraged(int channels, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var norm = new MaskedBatchNorm(channels);
        norm.to(dtype);
        using var generator = new Generator(3);
        var (mean, variance) = (zeros([channels], dtype: dtype), ones([channels], dtype: dtype));
        for (var step = 0; step < 30; step++)
        {
            var x = randn([50, channels], dtype: dtype, generator: generator);
            if (step == 0) x.select(1, 0).fill_(0.75);
            if (step > 2) x.select(1, 1).fill_(0.75);
            var (batchMean, batchVariance) = FusedNorm.Supports(x)
                ? FusedNorm.Statistics(x, null, 50)
                : PlainNorm.Statistics(x, null);
            norm.call(x, null);
            mean.lerp_(batchMean, 0.1);
            variance.lerp_(batchVariance * (50.0 / 49), 0.1);
        }
        Assert.Equal(0, (norm.RunningMean - mean).abs().max().to(ScalarType.Float64).item<double>());
        Assert.Equal(0, (norm.RunningVariance - variance).abs().max().to(ScalarType.Float64).item<double>());
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
