using System.Numerics;

namespace LieConv.Cpu;

/// <summary>Sums of what tasks computed apart, in the order of the tasks: the same for any number of threads.</summary>
internal static unsafe class Summation
{
    private static readonly int Lanes = Vector<float>.Count;

    /// <summary>Numbers that one thread works through at once, short enough to stay in the first-level cache.</summary>
    private const int Chunk = 4096;

    /// <summary>sum[i] = Σ parts[part · floats + i].</summary>
    /// <param name="parts">Arrays one after another.</param>
    /// <param name="floats">Length of an array.</param>
    /// <param name="count">Arrays, at least 1.</param>
    /// <param name="sum">Result; may be the first array.</param>
    /// <param name="parallel">Threads.</param>
    public static void OfParts(float* parts, long floats, int count, float* sum, ParallelOptions parallel)
    {
        Parallel.For(0, (int)((floats + Chunk - 1) / Chunk), parallel, chunk =>
        {
            var start = (long)chunk * Chunk;
            var length = (int)Math.Min(Chunk, floats - start);
            if (parts != sum) new Span<float>(parts + start, length).CopyTo(new Span<float>(sum + start, length));
            for (var part = 1; part < count; part++) Add(sum + start, parts + part * floats + start, length);
        });
    }

    /// <summary>target += source.</summary>
    public static void Add(float* target, float* source, int count)
    {
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
            (Vector.Load(target + i) + Vector.Load(source + i)).Store(target + i);
        for (; i < count; i++) target[i] += source[i];
    }
}
