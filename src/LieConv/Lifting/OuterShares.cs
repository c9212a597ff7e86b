using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>How much each point of a set counts by its size: the largest most, and those below a part of it nothing at
/// all (docs/maths.md, Weighted frames).</summary>
/// <remarks>
/// Sizes s are compared with a smooth maximum m = (Σ s^p)^(1/p). For n points p = 2 log n / log(1/c), so that m lies
/// between the maximum and c^(-1/2) times it. The share of a point is (s/m - c)⁴ where that is positive, over the sum
/// of all. It does not depend on the order or the unit of the sizes, and has three continuous derivatives wherever a
/// size is not 0; the sum is never 0. Many points have a narrower window 1 - c, so that of points that fill a ball few
/// are outer ones.
/// </remarks>
internal static class OuterShares
{
    private const double LeastPower = 8;

    /// <summary>Shares with sum 1, shape (r, n).</summary>
    /// <param name="sizes">Sizes, not negative, 0 for padding, shape (r, n).</param>
    /// <param name="count">How many are not padding, shape (r, 1).</param>
    /// <param name="window">The window 1 - c of few points.</param>
    /// <param name="wanted">Of more points the window is this number over n.</param>
    /// <param name="none">Rows that have no size: all of the share goes to the first column, shape (r, 1).</param>
    public static Tensor Compute(Tensor sizes, Tensor count, double window, double wanted, Tensor none)
    {
        var first = zeros_like(sizes.detach());
        first.narrow(1, 0, 1).fill_(Scalars.Of(1.0));
        sizes = where(none, first, sizes);
        var relative = sizes / sizes.detach().amax([-1L], keepdim: true);
        var least = Scalars.Of(1.0) - (count.reciprocal() * Scalars.Of(wanted)).clamp_max(Scalars.Of(window));
        var power = (count.log() * Scalars.Of(-2.0) / least.log()).clamp_min(Scalars.Of(LeastPower));
        var maximum = relative.pow(power).sum(-1, keepdim: true).pow(power.reciprocal());
        var above = (relative / maximum - least).relu();
        var weights = above.square().square();
        return weights / weights.sum(-1, keepdim: true);
    }
}
