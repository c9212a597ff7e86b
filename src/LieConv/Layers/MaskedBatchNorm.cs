using LieConv.Internal;
using LieConv.Kernels;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// Batch normalisation whose statistics leave out padding, and the activation that follows it. Unlike the usual layer,
/// <see cref="Epsilon"/> is a floor on the variance, not added to it, as in the original. Rows of padding come out as
/// zero.
/// </summary>
public sealed class MaskedBatchNorm : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>The smallest variance that is divided by.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Weight of the newest batch in the running statistics.</summary>
    public const double Momentum = 0.1;

    private readonly Activation? _activation;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;
    [ComponentName(Name = "running_mean")] private readonly Tensor _runningMean;
    [ComponentName(Name = "running_var")] private readonly Tensor _runningVariance;

    /// <summary>Creates the layer with weight 1, bias 0 and standard statistics.</summary>
    /// <param name="channels">Channels c.</param>
    /// <param name="activation">The nonlinearity that follows; null for none.</param>
    public MaskedBatchNorm(int channels, Activation? activation = null) : base(nameof(MaskedBatchNorm))
    {
        _activation = activation;
        _weight = nn.Parameter(ones(channels)).Detached();
        _bias = nn.Parameter(zeros(channels)).Detached();
        _runningMean = zeros(channels).DetachFromDisposeScope();
        _runningVariance = ones(channels).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The factors, shape (c).</summary>
    internal Tensor Weight => _weight;

    /// <summary>What is added, shape (c).</summary>
    internal Tensor Bias => _bias;

    /// <summary>Mean that an evaluation uses, shape (c).</summary>
    internal Tensor RunningMean => _runningMean;

    /// <summary>Variance that an evaluation uses, shape (c).</summary>
    internal Tensor RunningVariance => _runningVariance;

    /// <summary>Normalises each channel over all other dimensions, and activates.</summary>
    /// <param name="x">Values, shape (..., c).</param>
    /// <param name="mask">Valid rows: its shape is that of the rows, with ones for trailing dimensions; null where all
    /// are.</param>
    /// <returns>Shape (..., c).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        Check(x, mask);
        using var scope = NewDisposeScope();
        var fused = FusedNorm.Supports(x);
        var count = training ? ValidRows(x, mask) : 0;             // which waits for the device: not in evaluation
        var call = new NormCall(Epsilon, _activation, training, count);
        var (mean, variance) = !training ? (_runningMean, _runningVariance)
            : fused ? FusedNorm.Statistics(x, mask, count) : PlainNorm.Statistics(x, mask);
        if (training) Track(mean, variance, count);
        return scope.MoveToOuter(fused
            ? FusedNorm.Apply(x, mask, _weight, _bias, mean, variance, call)
            : PlainNorm.Apply(x, mask, _weight, _bias, mean, variance, call));
    }

    /// <summary>Rows that count.</summary>
    internal static long ValidRows(Tensor x, Tensor? mask)
    {
        var rows = x.NumberOfElements / x.shape[^1];
        return mask is null ? rows : mask.sum().item<long>() * (rows / mask.NumberOfElements);
    }

    /// <summary>The fused path reads memory by these sizes and types, so they are checked once, here.</summary>
    private void Check(Tensor x, Tensor? mask)
    {
        Guard.LastDimension(x, (int)_weight.shape[0], nameof(MaskedBatchNorm), nameof(x));
        Guard.HasDtype(x, _weight, nameof(x));
        Guard.IsRowMask(mask, x.shape.AsSpan(..^1), nameof(mask), x);
    }

    /// <summary>A batch without a valid row leaves the statistics as they are; one with a single row, the
    /// variance.</summary>
    internal void Track(Tensor mean, Tensor variance, long count)
    {
        using var off = no_grad();
        if (count > 0) _runningMean.lerp_(mean.detach(), Momentum);
        if (count > 1) _runningVariance.lerp_(variance.detach() * ((double)count / (count - 1)), Momentum);
    }
}
