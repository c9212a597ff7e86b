using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Sets of different sizes as one batch.</summary>
internal static class PaddedSets
{
    /// <summary>Coordinates (b, n, D) and mask (b, n); padding is NaN.</summary>
    public static (Tensor Coordinates, Tensor Mask) Of(IReadOnlyList<Tensor> sets)
    {
        var n = sets.Max(set => set.shape[0]);
        var rows = sets.Select(set =>
            cat([set, full([n - set.shape[0], set.shape[1]], double.NaN, dtype: set.dtype)], 0));
        var mask = sets.Select(set => arange(n) < set.shape[0]);
        return (stack([.. rows], 0), stack([.. mask], 0));
    }

    /// <summary>Two values a point: both alike, or such that no two points of a set have the same.</summary>
    public static Tensor Values(Tensor mask, bool alike)
    {
        var place = arange(mask.shape[1], dtype: ScalarType.Float64);
        var values = alike
            ? ones([mask.shape[1], 2], dtype: ScalarType.Float64)
            : stack([(place * 2.1).cos(), place / 5], -1);
        return values.expand(mask.shape[0], -1, -1).contiguous();
    }
}
