using LieConv.Internal;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// Batch normalisation whose statistics leave out padding. Unlike the usual layer, <see cref="Epsilon"/> is a floor on
/// the variance, not added to it, as in the original. Rows of padding come out as zero.
/// </summary>
public sealed class MaskedBatchNorm : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>The smallest variance that is divided by.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Weight of the newest batch in the running statistics.</summary>
    public const double Momentum = 0.1;

    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;
    [ComponentName(Name = "running_mean")] private readonly Tensor _runningMean;
    [ComponentName(Name = "running_var")] private readonly Tensor _runningVariance;

    /// <summary>Creates the layer with weight 1, bias 0 and standard statistics.</summary>
    /// <param name="channels">Channels c.</param>
    public MaskedBatchNorm(int channels) : base(nameof(MaskedBatchNorm))
    {
        _weight = nn.Parameter(ones(channels)).Detached();
        _bias = nn.Parameter(zeros(channels)).Detached();
        _runningMean = zeros(channels).DetachFromDisposeScope();
        _runningVariance = ones(channels).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Normalises each channel over all other dimensions.</summary>
    /// <param name="x">Values, shape (..., c).</param>
    /// <param name="mask">Valid rows, broadcastable to (...); null where all are valid.</param>
    /// <returns>Normalised values, shape (..., c).</returns>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var (mean, variance) = training ? BatchStatistics(x, mask) : (_runningMean, _runningVariance);
        var scale = _weight * variance.clamp(min: Epsilon).rsqrt();
        var normalised = (_bias - mean * scale).addcmul(x, scale, 1);
        return scope.MoveToOuter(mask is null ? normalised : normalised.masked_fill(Padding(x, mask), 0));
    }

    private static Tensor Padding(Tensor x, Tensor mask) => mask.expand(x.shape[..^1]).logical_not().unsqueeze(-1);

    private (Tensor Mean, Tensor Variance) BatchStatistics(Tensor x, Tensor? mask)
    {
        var dimensions = Enumerable.Range(0, (int)x.dim() - 1).Select(i => (long)i).ToArray();
        if (mask is null)
        {
            var (variance, mean) = (x.var(dimensions, unbiased: false), x.mean(dimensions));
            Track(mean, variance, x.NumberOfElements / x.shape[^1]);
            return (mean, variance);
        }

        // Two passes: E[x²] - E[x]² cancels where the mean is large.
        var weight = mask.expand(x.shape[..^1]).unsqueeze(-1).to(x.dtype);
        var count = weight.sum();
        var divisor = count.clamp(min: 1);
        var maskedMean = x.masked_fill(Padding(x, mask), 0).sum(dimensions) / divisor;
        var deviation = (x - maskedMean).masked_fill(Padding(x, mask), 0);
        var maskedVariance = deviation.square().sum(dimensions) / divisor;
        TrackMasked(maskedMean, maskedVariance, count);
        return (maskedMean, maskedVariance);
    }

    private void Track(Tensor mean, Tensor variance, long count)
    {
        using var off = no_grad();
        _runningMean.lerp_(mean.detach(), Momentum);
        _runningVariance.lerp_(variance.detach() * ((double)count / Math.Max(count - 1, 1)), Momentum);
    }

    /// <summary>A batch without a valid row leaves the statistics as they are; one with a single row, the variance.</summary>
    private void TrackMasked(Tensor mean, Tensor variance, Tensor count)
    {
        using var off = no_grad();
        var unbiased = variance.detach() * count / (count - 1).clamp(min: 1);
        _runningMean.add_((mean.detach() - _runningMean) * (Momentum * (count > 0).to(mean.dtype)));
        _runningVariance.add_((unbiased - _runningVariance) * (Momentum * (count > 1).to(mean.dtype)));
    }
}
