using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>How many points lie in each ball, which libtorch sums as integers of eight bytes.</summary>
internal static class BallCounts
{
    /// <summary>The counts.</summary>
    /// <param name="within">Boolean, shape (..., n).</param>
    /// <returns>Shape (...), of whole numbers.</returns>
    public static Tensor Compute(Tensor within)
    {
        if (!CpuKernels.IsHere(within) || within.NumberOfElements is 0 or > int.MaxValue) return within.sum(-1);
        using var scope = NewDisposeScope();
        var flags = within.contiguous();
        var bytes = flags.bytes;
        var (n, counts) = ((int)within.shape[^1], new int[within.NumberOfElements / within.shape[^1]]);
        for (var row = 0; row < counts.Length; row++) counts[row] = bytes.Slice(row * n, n).Count((byte)1);
        GC.KeepAlive(flags);
        return scope.MoveToOuter(tensor(counts, within.shape.AsSpan(..^1), dtype: ScalarType.Int32));
    }
}
