using LieConv.Cpu;
using LieConv.Kernels;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// Batch normalisation whose statistics leave out padding, and the activation that follows it. Unlike the usual layer,
/// epsilon is a floor on the variance, not added to it, as in the original. Rows of padding come out as zero.
/// </summary>
/// <remarks>A channel that is the same in all rows comes out as its bias in training; so it does in evaluation, where
/// the running mean is never quite that of the latest weights: what lies further from it than the running variance
/// allows is cut. Channels that vary less than epsilon have the statistics of the newest batch, from the second one on
/// (docs/maths.md, Constant channels).</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class MaskedBatchNorm : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>The smallest variance that is divided by, unless another is given or the rounding of a large mean is
    /// more.</summary>
    public const double Epsilon = NormCall.UsualFloor;

    /// <summary>Weight of the newest batch in the running statistics, unless another is given.</summary>
    public const double Momentum = 0.1;

    /// <summary>What is left of the variance at the start must be far above the floor to be told from one of
    /// batches.</summary>
    private const double LeastStart = 100 * Epsilon;

    private readonly Activation? _activation;
    private readonly double _momentum;
    private readonly double _floor;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;
    [ComponentName(Name = "running_mean")] private readonly Tensor _runningMean;
    [ComponentName(Name = "running_var")] private readonly Tensor _runningVariance;

    /// <summary>Creates the layer with weight 1, bias 0 and standard statistics.</summary>
    /// <param name="channels">Channels c.</param>
    /// <param name="activation">The nonlinearity that follows; null for none.</param>
    /// <param name="momentum">Weight of the newest batch in the running statistics, from 0 (they never move) to 1 (they
    /// are those of the newest batch).</param>
    /// <param name="epsilon">The smallest variance that is divided by, above 0.</param>
    /// <exception cref="ArgumentException">If a number is out of range.</exception>
    public MaskedBatchNorm(
        int channels, Activation? activation = null, double momentum = Momentum, double epsilon = Epsilon)
        : base(nameof(MaskedBatchNorm))
    {
        if (!IsMomentum(momentum)) throw new ArgumentException(MomentumError(momentum), nameof(momentum));
        if (!(epsilon > 0 && double.IsFinite(epsilon)))
            throw new ArgumentException($"Epsilon is {epsilon:R}; expected a number above 0.", nameof(epsilon));
        (_activation, _momentum, _floor) = (activation, momentum, epsilon);
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
        var call = new NormCall(_floor, _activation, training, count);
        var (mean, variance) = !training ? (_runningMean, _runningVariance)
            : fused ? FusedNorm.Statistics(x, mask, count) : PlainNorm.Statistics(x, mask);
        if (training) Track(mean, variance, count);
        else x = NormFloor.Limit(x, mean, variance, Epsilon);
        return scope.MoveToOuter(fused
            ? FusedNorm.Apply(x, mask, _weight, _bias, mean, variance, call)
            : PlainNorm.Apply(x, mask, _weight, _bias, mean, variance, call));
    }

    /// <summary>Whether a number can be the weight of the newest batch.</summary>
    internal static bool IsMomentum(double momentum) => momentum is >= 0 and <= 1;

    /// <summary>What is wrong with any other number.</summary>
    internal static string MomentumError(double momentum, string name = nameof(Momentum)) =>
        $"{name} is {momentum:R}; expected a number from 0 to 1.";

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

    /// <summary>A batch without a valid row leaves the statistics as they are; one with a single row, the variance. Of
    /// channels that vary less than the floor the statistics of the newest batch are taken over.</summary>
    internal void Track(Tensor mean, Tensor variance, long count)
    {
        using var off = no_grad();
        mean = mean.detach();
        if (count < 2)
        {
            if (count > 0) _runningMean.lerp_(mean, _momentum);
            return;
        }
        variance = variance.detach();
        var unbiased = variance * Scalars.Of((double)count / (count - 1));
        var taken = _momentum is > 0 and < 1 ? Taken(mean, variance) : null;
        _runningMean.lerp_(mean, _momentum);
        _runningVariance.lerp_(unbiased, _momentum);
        if (taken is null) return;
        _runningMean.copy_(where(taken, mean, _runningMean));
        _runningVariance.copy_(where(taken, unbiased, _runningVariance));
    }

    /// <summary>Channels whose statistics are those of this batch alone; null where none are, as far as is known without
    /// waiting for the device.</summary>
    /// <remarks>Those that vary less than the floor, now and ever. Their running variance starts at 1, a hundred thousand
    /// times as much, and for a hundred batches would tell of that start only; their running mean would follow what the
    /// weights do to the value by ten steps, many of their deviations. The mean of one batch is as good as many: its
    /// error is a small part of a deviation, and none for a constant. It begins with the second batch, since a first one
    /// may be so by accident; a channel that has varied is averaged, as it may again.</remarks>
    private Tensor? Taken(Tensor mean, Tensor variance)
    {
        var below = variance.lt(NormFloor.Compute(mean, Epsilon));
        if (CpuKernels.IsHere(mean) && !below.any().item<bool>()) return null;
        var wasBelow = _runningVariance.lt(NormFloor.Compute(_runningMean, Epsilon));
        return below.logical_and(wasBelow.logical_or(KnowsItsStartOnly()));
    }

    /// <summary>Channels whose running variance is what some batches, at least one, have left of the 1 that it started
    /// with: no batch had a variance worth mentioning.</summary>
    private Tensor KnowsItsStartOnly()
    {
        var decay = Scalars.Of(Math.Log(1 - _momentum));
        var batches = (_runningVariance.clamp_min(Scalars.Of(LeastStart)).log() / decay).round();
        var start = (batches * decay).exp();
        return (_runningVariance - start).abs().lt(Scalars.Of(Epsilon))
            .logical_and(batches.ge(Scalars.Of(1))).logical_and(_runningVariance.gt(Scalars.Of(LeastStart)));
    }
}
