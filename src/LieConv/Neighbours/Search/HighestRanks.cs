using System.Numerics;
using System.Runtime.Intrinsics;
using LieConv.Cpu;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>
/// The points of each ball with the highest ranks, on the CPU. Only those within the ball are ordered, which are a tenth of
/// all and less, and no table of ranks without the others is written.
/// </summary>
internal static unsafe class HighestRanks
{
    /// <summary>Pairs looked at by one task.</summary>
    private const int PairsPerTask = 1 << 14;

    /// <summary>Whether pairs are on the CPU, and so few that their numbers are integers.</summary>
    public static bool Supports(Tensor within) =>
        CpuKernels.IsHere(within) && within.NumberOfElements <= HashedRanks.MostOfSequence;

    /// <summary>Chooses.</summary>
    /// <param name="within">Boolean, shape (g, m, n).</param>
    /// <param name="ranks">Not negative, float32, shape (g, m, n); of equal ones the first is the higher.</param>
    /// <param name="count">Wanted points; fewer where the set is smaller.</param>
    /// <returns>Indices and mask, shape (g, m, min(k, n)).</returns>
    public static (Tensor Indices, Tensor Mask) Of(Tensor within, Tensor ranks, int count)
    {
        using var table = ranks.contiguous();
        fixed (byte* numbers = table.bytes) return Of(within, new TableOfRanks((float*)numbers), count);
    }

    /// <summary>The same, of ranks that need not lie in memory.</summary>
    public static (Tensor Indices, Tensor Mask) Of<TRanks>(Tensor within, TRanks ranks, int count)
        where TRanks : struct, IRanks
    {
        using var scope = NewDisposeScope();
        within = within.contiguous();
        var (rows, points) = (within.shape[0] * within.shape[1], (int)within.shape[2]);
        count = Math.Min(count, points);
        long[] shape = [.. within.shape[..2], count];
        var (indices, mask) = (empty(shape, ScalarType.Int64), empty(shape, ScalarType.Bool));
        fixed (byte* w = within.bytes, i = indices.bytes, m = mask.bytes)
        {
            var (flags, chosen, counts) = ((nint)w, (nint)i, (nint)m);
            var each = Math.Max(1, PairsPerTask / Math.Max(1, points));
            Parallel.For(0, (int)((rows + each - 1) / each), CpuKernels.Threads, () => new ulong[points], (task, _, keys) =>
            {
                for (var row = task * each; row < Math.Min(rows, (task + 1L) * each); row++)
                {
                    var found = Collect(
                        new ReadOnlySpan<byte>((byte*)flags + (nint)row * points, points), row * points, ranks, keys);
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
    private static Span<ulong> Collect<TRanks>(ReadOnlySpan<byte> within, int start, TRanks ranks, ulong[] keys)
        where TRanks : struct, IRanks
    {
        // Few points lie within: 32 flags are read at once, and each bit that is set is found without looking at the
        // others.
        var (found, i) = (0, 0);
        for (; i + Vector256<byte>.Count <= within.Length; i += Vector256<byte>.Count)
            for (var flags = Vector256.ExtractMostSignificantBits(
                     Vector256.Equals(Vector256.Create(within[i..]), Vector256<byte>.One));
                 flags != 0; flags &= flags - 1)
                Add(i + BitOperations.TrailingZeroCount(flags));
        for (; i < within.Length; i++)
            if (within[i] != 0) Add(i);
        return keys.AsSpan(0, found);

        void Add(int point) => keys[found++] =
            (ulong)BitConverter.SingleToUInt32Bits(ranks.At(start + point)) << 32 | (uint)~point;
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
