using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Logarithms of relative motions on the CPU in float32, where no derivative is asked for: the coordinates of all
/// neighbours, for which plain operations pass over memory sixty times and more.</summary>
internal static unsafe class RelativeMotions
{
    /// <summary>Motions of one task. Each is computed by itself in double precision, not in vectors: the framework has
    /// no sine or arc tangent of vectors in double precision on every processor, and there are only as many motions as
    /// neighbours, where distances are of all pairs.</summary>
    private const int Chunk = 1 << 11;

    /// <summary>log(origin⁻¹ · target), shape (..., d); null where these elements need plain operations.</summary>
    /// <param name="origin">Elements, shape (..., e).</param>
    /// <param name="target">Elements of a broadcastable shape.</param>
    public static Tensor? Logs<TMotion>(Tensor origin, Tensor target)
        where TMotion : struct, IMotion
    {
        var asks = is_grad_enabled() && (origin.requires_grad || target.requires_grad);
        if (asks || !CpuKernels.Take(origin) || !CpuKernels.Take(target)) return null;
        using var scope = NewDisposeScope();
        var both = broadcast_tensors(origin, target);
        var isOther = both[0].shape[^1] != TMotion.ElementDim;                  // plain operations say what is expected
        if (isOther || both[0].NumberOfElements >= int.MaxValue / sizeof(float)) return null;
        var (from, to) = (both[0].contiguous(), both[1].contiguous());
        var result = empty([.. from.shape[..^1], TMotion.AlgebraDim], ScalarType.Float32);
        var count = (int)(from.NumberOfElements / TMotion.ElementDim);
        fixed (byte* p = from.bytes, q = to.bytes, r = result.bytes)
        {
            var (origins, targets, logs) = ((nint)p, (nint)q, (nint)r);
            Parallel.For(0, (count + Chunk - 1) / Chunk, CpuKernels.Threads, task =>
            {
                for (nint i = task * Chunk; i < Math.Min((task + 1) * Chunk, count); i++)
                    TMotion.RelativeLog(
                        (float*)origins + i * TMotion.ElementDim, (float*)targets + i * TMotion.ElementDim,
                        (float*)logs + i * TMotion.AlgebraDim);
            });
        }
        return scope.MoveToOuter(result);
    }
}
