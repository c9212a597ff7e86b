using System.Runtime.InteropServices;
using LieConv.Kernels;
using LieConv.Layers.Search;
using static TorchSharp.torch;

namespace LieConv;

/// <summary>
/// Uniform numbers in very large amounts: a block of neighbours asks for one of each pair of points, of which the
/// Mersenne twister would make one after another. Here a seed is drawn from the generator, and each number is a hash of
/// the seed and its place, so that threads share the work and their number changes nothing.
/// </summary>
internal static class HashedRanks
{
    /// <summary>Numbers of one task, even.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>What 2^24 steps of float32 below 1 are multiplied by.</summary>
    private const float Unit = 1f / (1 << 24);

    /// <summary>Numbers in [0, 1) in float32 on the CPU.</summary>
    /// <param name="generator">Source of the seed.</param>
    /// <param name="shape">Shape of the result.</param>
    public static Tensor Of(Generator generator, long[] shape)
    {
        using var scope = NewDisposeScope();
        var seed = randint(0, long.MaxValue, [1], dtype: ScalarType.Int64, generator: generator).item<long>();
        var result = empty(shape, ScalarType.Float32);
        var count = result.NumberOfElements;
        for (var start = 0L; start < count; start += Array.MaxLength / 8)
        {
            var length = (int)Math.Min(Array.MaxLength / 8, count - start);
            Fill(result.view(-1).narrow(0, start, length), RandomNumbers.Of((ulong)seed, start, length));
        }
        return scope.MoveToOuter(result);
    }

    private static unsafe void Fill(Tensor target, RandomNumbers numbers)
    {
        var bytes = target.bytes;
        var length = bytes.Length / sizeof(float);
        fixed (byte* pinned = bytes)
        {
            var first = (nint)pinned;
            Parallel.For(0, (length + Chunk - 1) / Chunk, CpuKernels.Threads, chunk =>
            {
                var start = chunk * Chunk;
                var own = MemoryMarshal.CreateSpan(
                    ref ((float*)first)[start], Math.Min(Chunk, length - start));
                for (var i = 0; i < own.Length; i += 2)
                {
                    var bits = numbers.At((start + i) / 2);
                    own[i] = (bits >> 40) * Unit;
                    if (i + 1 < own.Length) own[i + 1] = ((bits >> 8) & 0xFFFFFF) * Unit;
                }
            });
        }
    }
}
