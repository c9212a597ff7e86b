using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>The distance of SE(2), elements (θ, x, y): alpha · angle + (1 - alpha) · |V⁻¹t|, where V⁻¹ stretches by
/// (θ/2) / sin(θ/2).</summary>
internal readonly unsafe struct PlaneMotionKernel(double alpha) : IPairKernel
{
    private readonly float _alpha = (float)alpha;
    private readonly EuclideanKernel _length = new(1, 2, 1 - alpha);

    /// <inheritdoc/>
    public int Coordinates => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(float* query, float* points, nint stride)
    {
        // |V⁻¹t| from |t| and the angle alone: no rotation of t, hence no sine and cosine of each point's angle.
        var angle = VectorAngles.Gap(Vector512.Create(query[0]) - Vector512.Load(points));
        return angle * _alpha + _length.Of(query, points, stride) / VectorAngles.Sinc(angle * 0.5f);
    }
}
