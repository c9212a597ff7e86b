using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>Batch normalisation in plain tensor operations: every device and dtype, derivatives of any order.</summary>
internal static class PlainNorm
{
    /// <summary>Mean and biased variance of the valid rows; two passes, since E[x²] - E[x]² cancels for large
    /// means.</summary>
    public static (Tensor Mean, Tensor Variance) Statistics(Tensor x, Tensor? mask)
    {
        var dimensions = Enumerable.Range(0, (int)x.dim() - 1).Select(i => (long)i).ToArray();
        if (mask is null)
        {
            var average = x.mean(dimensions);
            return (average, (x - average).square().mean(dimensions));
        }
        var padding = Padding(x, mask);
        var count = padding.logical_not().sum().clamp(min: Scalars.Of(1));
        var mean = x.masked_fill(padding, Scalars.Of(0)).sum(dimensions) / count;
        return (mean, (x - mean).masked_fill(padding, Scalars.Of(0)).square().sum(dimensions) / count);
    }

    /// <summary>activation((x - mean) / sqrt(variance) · weight + bias), zero in rows of padding.</summary>
    public static Tensor Apply(
        Tensor x, Tensor? mask, Tensor weight, Tensor bias, Tensor mean, Tensor variance, NormCall call)
    {
        var scale = weight * NormFloor.Inverse(mean, variance, call.Floor);
        var normalised = bias.addcmul(x - mean, scale, Scalars.Of(1));
        if (call.Activation is { } activation) normalised = activation.Apply(normalised);
        return mask is null ? normalised : normalised.masked_fill(Padding(x, mask), Scalars.Of(0));
    }

    /// <summary>Rows of padding, broadcastable to x; the mask is a prefix of x's shape with trailing ones.</summary>
    private static Tensor Padding(Tensor x, Tensor mask) => mask.expand(x.shape[..^1]).logical_not().unsqueeze(-1);
}
