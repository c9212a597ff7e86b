using LieConv.Layers;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>
/// Masked batch normalisation in the original's operations: sums of values and of squares over the valid rows, a floor
/// on the variance, one multiplication and one addition. The activation follows as two operations more.
/// </summary>
internal sealed class ReferenceNorm
{
    private readonly Tensor _weight, _bias, _runningMean, _runningVariance;

    private ReferenceNorm(ReferenceState state, string key)
    {
        (_weight, _bias) = (state.Parameter(key + ".weight"), state.Parameter(key + ".bias"));
        (_runningMean, _runningVariance) = (state.Buffer(key + ".running_mean"), state.Buffer(key + ".running_var"));
    }

    /// <summary>The normalisation of a key; null where the network has none there.</summary>
    public static ReferenceNorm? Find(ReferenceState state, string key) =>
        state.Has(key + ".weight") ? new ReferenceNorm(state, key) : null;

    /// <summary>x · sigmoid(x).</summary>
    public static Tensor Swish(Tensor x)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(x * x.sigmoid());
    }

    /// <summary>Normalises where there is a normalisation, and activates.</summary>
    public static Tensor Activate(ReferenceNorm? norm, Tensor x, Tensor mask, bool training)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Swish(norm is null ? x : norm.Apply(x, mask, training)));
    }

    /// <summary>Normalises.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="mask">Valid rows, shape (...).</param>
    /// <param name="training">Whether statistics are those of the batch.</param>
    public Tensor Apply(Tensor x, Tensor mask, bool training)
    {
        using var scope = NewDisposeScope();
        var valid = where(mask.unsqueeze(-1), x, zeros_like(x));
        var (mean, variance) = training ? Statistics(valid, mask) : (_runningMean, _runningVariance);
        var ratio = _weight / variance.clamp(min: MaskedBatchNorm.Epsilon).sqrt();
        return scope.MoveToOuter(valid * ratio + (_bias - mean * ratio));
    }

    private (Tensor Mean, Tensor Variance) Statistics(Tensor valid, Tensor mask)
    {
        var dimensions = Enumerable.Range(0, (int)valid.dim() - 1).Select(i => (long)i).ToArray();
        var (sum, squares, count) = (valid.sum(dimensions), (valid * valid).sum(dimensions), mask.sum());
        var mean = sum / count;
        var deviation = squares - sum * mean;
        Track(mean.detach(), (deviation / (count - 1)).detach());
        return (mean, deviation / count);
    }

    private void Track(Tensor mean, Tensor variance)
    {
        using var off = no_grad();
        _runningMean.mul_(1 - MaskedBatchNorm.Momentum).add_(mean * MaskedBatchNorm.Momentum);
        _runningVariance.mul_(1 - MaskedBatchNorm.Momentum).add_(variance * MaskedBatchNorm.Momentum);
    }
}
