using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>How small a spread a batch norm still divides by, and what it does with channels of less.</summary>
/// <remarks>
/// Divided by the floor, the rounding of a channel that is the same in all rows would grow by 1 / sqrt(1e-5) = 316. In
/// training the deviations from the batch's mean are rounding of the channel's value, hence a floor that grows with
/// the mean. In evaluation they are also what the weights have moved since the running mean was taken: by as much as
/// Adam makes of gradients that are rounding, in front of a norm that takes any constant away. The running variance
/// tells how far rows have ever been from their mean, so that more than a few times that is no signal.
/// </remarks>
internal static class NormFloor
{
    /// <summary>Units of rounding of the mean that the smallest standard deviation has: the values of a channel that is
    /// constant differ by one or two.</summary>
    private const double RoundingUnits = 16;

    /// <summary>Standard deviations within which a channel below its floor keeps its values in evaluation.</summary>
    private const double Spreads = 4;

    /// <summary>The floor of each channel's variance, without derivatives, shape (c).</summary>
    /// <param name="mean">What is subtracted (c).</param>
    /// <param name="least">The floor where the mean is small.</param>
    public static Tensor Compute(Tensor mean, double least)
    {
        var rounding = mean.detach() * Scalars.Of(Units(mean.dtype));
        return (rounding * rounding).clamp_min(Scalars.Of(least));
    }

    /// <summary>The same for one channel.</summary>
    public static double Compute(float mean, double least)
    {
        var rounding = mean * Units(ScalarType.Float32);
        return Math.Max(least, rounding * rounding);
    }

    /// <summary>One over the standard deviation, or over that of the floor, shape (c).</summary>
    public static Tensor Inverse(Tensor mean, Tensor variance, double least) =>
        variance.maximum(Compute(mean, least)).rsqrt();

    /// <summary>Values of an evaluation whose deviations in channels below their floor are within what the running
    /// variance v tells: 4 sqrt(v) / (1 - v / floor), which ends at 0 for a channel that was constant in training and
    /// limits nothing at the floor.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="mean">Running mean (c).</param>
    /// <param name="variance">Running variance (c).</param>
    /// <param name="least">The floor where the mean is small.</param>
    public static Tensor Limit(Tensor x, Tensor mean, Tensor variance, double least)
    {
        var share = variance / Compute(mean, least);
        var below = share.lt(Scalars.Of(1));
        // Asking costs nothing on the CPU; elsewhere the question would wait for the device.
        if (CpuKernels.IsHere(x) && !below.any().item<bool>()) return x;
        var limit = (variance.sqrt() * Scalars.Of(Spreads) / (ones_like(share) - share))
            .masked_fill(below.logical_not(), Scalars.Of(double.PositiveInfinity));
        return x.maximum(mean - limit).minimum(mean + limit);
    }

    private static double Units(ScalarType dtype) => RoundingUnits * finfo(dtype).eps;
}
