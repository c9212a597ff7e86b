using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>Logarithms of the relative motions of SE(2) on the CPU in float32, where no derivative is asked for: the
/// coordinates of all neighbours, for which plain operations pass over memory some sixty times.</summary>
internal static unsafe class PlaneMotions
{
    /// <summary>Motions of one task.</summary>
    private const int Chunk = 1 << 12;

    private const int Width = 3;

    /// <summary>Whether these elements take it.</summary>
    public static bool Supports(Tensor origin, Tensor target) =>
        CpuKernels.Take(origin) && CpuKernels.Take(target)
        && !(is_grad_enabled() && (origin.requires_grad || target.requires_grad))
        && Math.Max(origin.NumberOfElements, target.NumberOfElements) < int.MaxValue / sizeof(float);

    /// <summary>(θ, V⁻¹t) of origin⁻¹ · target, with θ in (-π, π].</summary>
    /// <param name="origin">Elements (θ, x, y), shape (..., 3).</param>
    /// <param name="target">Elements, of a broadcastable shape that makes the result no larger than the larger.</param>
    public static Tensor RelativeLogs(Tensor origin, Tensor target)
    {
        using var scope = NewDisposeScope();
        var both = broadcast_tensors(origin, target);
        var (from, to) = (both[0].contiguous(), both[1].contiguous());
        var result = empty_like(from);
        var count = (int)(from.NumberOfElements / Width);
        fixed (byte* p = from.bytes, q = to.bytes, r = result.bytes)
        {
            var (origins, targets, logs) = ((nint)p, (nint)q, (nint)r);
            Parallel.For(0, (count + Chunk - 1) / Chunk, CpuKernels.Threads, task =>
            {
                for (nint i = task * Chunk; i < Math.Min((task + 1) * Chunk, count); i++)
                    One((float*)origins + i * Width, (float*)targets + i * Width, (float*)logs + i * Width);
            });
        }
        return scope.MoveToOuter(result);
    }

    /// <summary>V⁻¹t = h cot h · t - h · t turned by a right angle, with h = θ/2.</summary>
    private static void One(float* origin, float* target, float* log)
    {
        var difference = (double)target[0] - origin[0];
        var (dx, dy) = ((double)target[1] - origin[1], (double)target[2] - origin[2]);
        var (sine, cosine) = Math.SinCos(origin[0]);
        var (x, y) = (cosine * dx + sine * dy, cosine * dy - sine * dx);
        var angle = difference - 2 * Math.PI * Math.Ceiling(difference / (2 * Math.PI) - 0.5);
        var half = angle / 2;
        var (sineOfHalf, cosineOfHalf) = Math.SinCos(half);
        var along = half == 0 ? 1 : half * cosineOfHalf / sineOfHalf;
        log[0] = (float)angle;
        log[1] = (float)(along * x + half * y);
        log[2] = (float)(along * y - half * x);
    }
}
