using System.Runtime.CompilerServices;
using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>Passes over memory for x · sigmoid(x) and its derivatives, each value read and written once.</summary>
internal static unsafe class SwishKernels<TVector>
    where TVector : struct, IFloats<TVector>
{
    private static int Lanes => TVector.Lanes;

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
            var (one, two) = (TVector.Create(1), TVector.Create(2f));
            // Three numbers are read and two written for some thirty operations: both results at once, since the
            // sigmoid is most of either.
            for (var i = start; i < end; i += Lanes)
            {
                var (at, cotangent) = (Load(x, i, end), Load(h, i, end));
                var sigmoid = VectorSigmoid.Compute(at);
                var rest = one - sigmoid;
                Store(cotangent * TVector.FusedMultiplyAdd(at * sigmoid, rest, sigmoid), slope, i, end);
                var bend = sigmoid * rest * TVector.FusedMultiplyAdd(at, rest - sigmoid, two);
                Store(cotangent * Load(g, i, end) * bend, curvature, i, end);
            }
        });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(float* source, long i, long end) =>
        i + Lanes <= end ? TVector.Load(source + i) : LoadRest(source + i, (int)(end - i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, float* target, long i, long end)
    {
        if (i + Lanes <= end) value.Store(target + i);
        else StoreRest(value, target + i, (int)(end - i));
    }

    // Apart, since a method with memory of its own on the stack is never compiled into its callers.
    private static TVector LoadRest(float* source, int count)
    {
        var rest = stackalloc float[Lanes];
        new Span<float>(rest, Lanes).Clear();
        for (var k = 0; k < count; k++) rest[k] = source[k];
        return TVector.Load(rest);
    }

    private static void StoreRest(TVector value, float* target, int count)
    {
        var rest = stackalloc float[Lanes];
        value.Store(rest);
        for (var k = 0; k < count; k++) target[k] = rest[k];
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
