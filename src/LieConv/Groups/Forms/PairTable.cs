using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>
/// Distances of all pairs in one pass on the CPU in float32. Plain operations pass over a table of all pairs once for each
/// term of the formula (docs/decisions/002).
/// </summary>
internal static unsafe class PairTable
{
    /// <summary>Points are padded to whole vectors of the widest kind.</summary>
    private const int MostLanes = 16;

    /// <summary>Pairs of one task: 64 kB of distances, enough that starting it costs nothing beside.</summary>
    private const long PairsPerTask = 1 << 14;

    /// <summary>Whether this machine and these points take it.</summary>
    public static bool Supports<TKernel>(LiftedElements queries, LiftedElements support, TKernel kernel)
        where TKernel : struct, IPairKernel
    {
        var (u, v) = (queries.Elements, support.Elements);
        return CpuKernels.AreFast && CpuKernels.Take(u) && CpuKernels.Take(v) && u.shape[0] == v.shape[0]
            && Width(queries) == kernel.Coordinates && Width(support) == kernel.Coordinates
            && u.shape[0] * u.shape[1] * v.shape[1] is > 0 and < int.MaxValue / sizeof(float);
    }

    /// <summary>The distances, shape (g, m, n).</summary>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="kernel">The distance.</param>
    public static Tensor Compute<TKernel>(LiftedElements queries, LiftedElements support, TKernel kernel)
        where TKernel : struct, IPairKernel
    {
        using var scope = NewDisposeScope();
        var (u, v) = (Coordinates(queries), Coordinates(support));
        var (g, m, n, d) = ((int)u.shape[0], (int)u.shape[1], (int)v.shape[1], (int)u.shape[2]);
        var width = (n + MostLanes - 1) / MostLanes * MostLanes;
        // Coordinate by coordinate, so that a vector is the same coordinate of many points and no lane waits for another.
        // Padded to whole vectors: what the last one reads beyond the points is there, and its distances are not
        // stored.
        var sideBySide = zeros([g, d, width], ScalarType.Float32);
        sideBySide.narrow(2, 0, n).copy_(v.transpose(1, 2));
        var result = empty([g, m, n], ScalarType.Float32);
        fixed (byte* p = u.bytes, q = sideBySide.bytes, r = result.bytes)
        {
            var (rows, points, distances) = ((nint)p, (nint)q, (nint)r);
            var each = (int)Math.Max(1, PairsPerTask / n);
            Parallel.For(0, (g * m + each - 1) / each, CpuKernels.Threads, task =>
            {
                for (var row = task * each; row < Math.Min((task + 1) * each, g * m); row++)
                {
                    float* query = (float*)rows + (nint)row * d, set = (float*)points + (nint)(row / m) * d * width;
                    var target = (float*)distances + (nint)row * n;
                    if (CpuKernels.AreWide) Fill<TKernel, Floats16>(kernel, query, set, width, target, n);
                    else Fill<TKernel, Floats8>(kernel, query, set, width, target, n);
                }
            });
        }
        return scope.MoveToOuter(result);
    }

    private static void Fill<TKernel, TVector>(
        TKernel kernel, float* query, float* points, int width, float* row, int count)
        where TKernel : struct, IPairKernel
        where TVector : struct, IFloats<TVector>
    {
        // Distances are written in the order of memory, while the points of a small set stay in cache from query to
        // query. Vectors do not depend on each other: the processor overlaps their square roots and divisions by
        // itself.
        var j = 0;
        for (; j + TVector.Lanes <= count; j += TVector.Lanes)
            kernel.Of<TVector>(query, points + j, width).Store(row + j);
        if (j == count) return;
        var rest = stackalloc float[TVector.Lanes];
        kernel.Of<TVector>(query, points + j, width).Store(rest);
        for (var lane = 0; j < count; lane++, j++) row[j] = rest[lane];
    }

    private static long Width(LiftedElements points) =>
        points.Elements.shape[^1] + (points.Orbits?.shape[^1] ?? 0);

    private static Tensor Coordinates(LiftedElements points) =>
        (points.Orbits is null ? points.Elements : cat([points.Elements, points.Orbits], -1)).contiguous();
}
