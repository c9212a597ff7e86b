using System.Runtime.InteropServices;
using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Layers.Search;

/// <summary>
/// The points of each ball with the highest ranks, on the CPU. Only those within the ball are ordered, which are a tenth of
/// all and less, and no table of ranks without the others is written.
/// </summary>
internal static unsafe class HighestRanks
{
    /// <summary>Pairs looked at by one task.</summary>
    private const int PairsPerTask = 1 << 14;

    /// <summary>Chooses.</summary>
    /// <param name="within">Boolean, shape (g, m, n).</param>
    /// <param name="ranks">Not negative, float32, shape (g, m, n); of equal ones the first is the higher.</param>
    /// <param name="count">k, at most n.</param>
    /// <returns>Indices and mask, shape (g, m, k).</returns>
    public static (Tensor Indices, Tensor Mask) Of(Tensor within, Tensor ranks, int count)
    {
        using var scope = NewDisposeScope();
        (within, ranks) = (within.contiguous(), ranks.contiguous());
        var (rows, points) = (within.shape[0] * within.shape[1], (int)within.shape[2]);
        long[] shape = [.. within.shape[..2], count];
        var (indices, mask) = (empty(shape, ScalarType.Int64), empty(shape, ScalarType.Bool));
        fixed (byte* w = within.bytes, r = ranks.bytes, i = indices.bytes, m = mask.bytes)
        {
            var (flags, numbers, chosen, counts) = ((nint)w, (nint)r, (nint)i, (nint)m);
            var each = Math.Max(1, PairsPerTask / Math.Max(1, points));
            Parallel.For(0, (int)((rows + each - 1) / each), CpuKernels.Threads, () => new ulong[points], (task, _, keys) =>
            {
                for (var row = (long)task * each; row < Math.Min(rows, ((long)task + 1) * each); row++)
                {
                    var start = (nint)row * points;
                    var found = Collect(
                        new ReadOnlySpan<bool>((bool*)flags + start, points), (float*)numbers + start, keys);
                    if (found.Length > count) KeepHighest(found, count);
                    Write(
                        found, new Span<long>((long*)chosen + (nint)row * count, count),
                        new Span<bool>((bool*)counts + (nint)row * count, count));
                }
                return keys;
            }, _ => { });
        }
        return (scope.MoveToOuter(indices), scope.MoveToOuter(mask));
    }

    /// <summary>Moves the highest keys to the front (quickselect, Hoare 1961).</summary>
    /// <param name="keys">Different from each other.</param>
    /// <param name="count">How many, fewer than there are.</param>
    internal static void KeepHighest(Span<ulong> keys, int count)
    {
        var (first, last) = (0, keys.Length - 1);
        while (first < last)
        {
            var pivot = keys[first + (last - first) / 2];
            var (left, right) = (first - 1, last + 1);
            while (true)
            {
                do left++; while (keys[left] > pivot);
                do right--; while (keys[right] < pivot);
                if (left >= right) break;
                (keys[left], keys[right]) = (keys[right], keys[left]);
            }
            // All up to here are higher than all after it.
            if (right + 1 == count) return;
            if (right + 1 < count) first = right + 1;
            else last = right;
        }
    }

    /// <summary>The points within a ball, in order of rank as numbers: that of a float that is not negative is the order of
    /// its bits.</summary>
    private static Span<ulong> Collect(ReadOnlySpan<bool> within, float* ranks, ulong[] keys)
    {
        var found = 0;
        var flags = MemoryMarshal.Cast<bool, byte>(within);
        for (var i = 0; i < flags.Length; i++)
        {
            var next = flags[i..].IndexOf((byte)1);
            if (next < 0) break;
            i += next;
            keys[found++] = (ulong)BitConverter.SingleToUInt32Bits(ranks[i]) << 32 | (uint)~i;
        }
        return keys.AsSpan(0, found);
    }

    private static void Write(ReadOnlySpan<ulong> found, Span<long> indices, Span<bool> mask)
    {
        var count = Math.Min(found.Length, indices.Length);
        for (var i = 0; i < count; i++) indices[i] = (int)~(uint)found[i];
        indices[count..].Clear();
        mask[..count].Fill(true);
        mask[count..].Clear();
    }
}
