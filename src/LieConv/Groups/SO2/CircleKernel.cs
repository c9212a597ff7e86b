using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>The distance of SO(2), angle and radius as orbit: alpha · angle + (1 - alpha) · |r_u - r_v| / (r_u + r_v +
/// floor).</summary>
internal readonly unsafe struct CircleKernel(double alpha, double floor) : IPairKernel
{
    private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha), _floor = (float)floor;

    /// <inheritdoc/>
    public int Coordinates => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(float* query, float* points, nint stride)
    {
        var angle = VectorAngles.Gap(Vector512.Create(query[0]) - Vector512.Load(points));
        var (own, radius) = (Vector512.Create(query[1]), Vector512.Load(points + stride));
        var gap = Vector512.Abs(own - radius) / (own + radius + Vector512.Create(_floor));
        return angle * _alpha + gap * _rest;
    }
}
