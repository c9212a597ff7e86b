using System.Runtime.InteropServices;
using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>
/// Uniform numbers in very large amounts: a block of neighbours asks for one of each pair of points, of which the
/// Mersenne twister would make one after another. Here a seed is drawn from the generator, and each number is a hash of
/// the seed and its place, so that threads share the work and their number changes nothing.
/// </summary>
internal static class HashedRanks
{
    /// <summary>Numbers of one task, even.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>Numbers of one sequence.</summary>
    public const int MostOfSequence = 1 << 28;

    /// <summary>Numbers in [0, 1) in float32 on the CPU.</summary>
    /// <param name="generator">Source of the seed.</param>
    /// <param name="shape">Shape of the result.</param>
    public static Tensor Draw(Generator generator, long[] shape)
    {
        using var scope = NewDisposeScope();
        var seed = Seed(generator);
        var result = empty(shape, ScalarType.Float32);
        var count = result.NumberOfElements;
        for (var start = 0L; start < count; start += MostOfSequence)
        {
            var length = (int)Math.Min(MostOfSequence, count - start);
            Fill(result.view(-1).narrow(0, start, length), Sequence(seed, start, length));
        }
        return scope.MoveToOuter(result);
    }

    /// <summary>The same numbers, not yet made.</summary>
    /// <param name="generator">Source of the seed.</param>
    /// <param name="count">How many, at most those of one sequence.</param>
    public static HashedRankSequence Sequence(Generator generator, int count) =>
        count <= MostOfSequence
            ? Sequence(Seed(generator), 0, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected at most {MostOfSequence} ranks.");

    private static HashedRankSequence Sequence(ulong seed, long start, int length) =>
        new(RandomNumbers.Create(seed, start, length));

    private static ulong Seed(Generator generator)
    {
        using var seed = randint(0, long.MaxValue, [1], dtype: ScalarType.Int64, generator: generator);
        return (ulong)seed.item<long>();
    }

    private static unsafe void Fill(Tensor target, HashedRankSequence ranks)
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
                    (own[i], var odd) = ranks.Two((start + i) / 2);
                    if (i + 1 < own.Length) own[i + 1] = odd;
                }
            });
        }
    }
}
