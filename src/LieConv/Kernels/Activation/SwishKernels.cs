using System.Runtime.Intrinsics;
using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>Passes over memory for x · sigmoid(x) and its derivatives, each value read and written once.</summary>
internal static unsafe class SwishKernels
{
    private const int Lanes = 16;

    /// <summary>Numbers that one task works through: enough that starting it costs nothing beside.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>Tasks from which waking other threads costs nothing beside.</summary>
    private const int FewestTasks = 8;

    /// <summary>y = x σ(x).</summary>
    public static void Value(float* x, float* y, long count) => InChunks(count, (start, end) =>
    {
        for (var i = start; i < end; i += Lanes)
            Store(SwishKernel.Value(Load(x, i, end)), y, i, end);
    });

    /// <summary>result = g s′(x).</summary>
    public static void Gradient(float* x, float* g, float* result, long count) => InChunks(count, (start, end) =>
    {
        for (var i = start; i < end; i += Lanes)
            Store(SwishKernel.Slope(Load(x, i, end)) * Load(g, i, end), result, i, end);
    });

    /// <summary>The products of a cotangent h of g s′(x): slope = h s′(x) for g, curvature = h g s″(x) for x.</summary>
    public static void SecondGradient(float* x, float* g, float* h, float* slope, float* curvature, long count) =>
        InChunks(count, (start, end) =>
        {
            var (one, two) = (Vector512<float>.One, Vector512.Create(2f));
            // Three numbers are read and two written for some thirty operations: both results at once, since the
            // sigmoid is most of either.
            for (var i = start; i < end; i += Lanes)
            {
                var (at, cotangent) = (Load(x, i, end), Load(h, i, end));
                var sigmoid = VectorSigmoid.Compute(at);
                var rest = one - sigmoid;
                Store(cotangent * Vector512.FusedMultiplyAdd(at * sigmoid, rest, sigmoid), slope, i, end);
                var bend = sigmoid * rest * Vector512.FusedMultiplyAdd(at, rest - sigmoid, two);
                Store(cotangent * Load(g, i, end) * bend, curvature, i, end);
            }
        });

    private static Vector512<float> Load(float* source, long i, long end)
    {
        if (i + Lanes <= end) return Vector512.Load(source + i);
        var rest = stackalloc float[Lanes];
        new Span<float>(rest, Lanes).Clear();
        for (var k = 0; i + k < end; k++) rest[k] = source[i + k];
        return Vector512.Load(rest);
    }

    private static void Store(Vector512<float> value, float* target, long i, long end)
    {
        if (i + Lanes <= end)
        {
            value.Store(target + i);
            return;
        }
        for (var k = 0; i + k < end; k++) target[i + k] = value[k];
    }

    private static void InChunks(long count, Action<long, long> work)
    {
        var tasks = (int)((count + Chunk - 1) / Chunk);
        if (tasks < FewestTasks || get_num_threads() == 1) work(0, count);
        else
            Parallel.For(0, tasks, CpuKernels.Threads, task =>
                work((long)task * Chunk, Math.Min(count, (long)(task + 1) * Chunk)));
    }
}
