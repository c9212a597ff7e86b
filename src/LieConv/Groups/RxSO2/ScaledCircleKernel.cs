using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>The distance of scalings and rotations, elements (log r, θ): alpha · angle + (1 - alpha) · |log r|.</summary>
internal readonly unsafe struct ScaledCircleKernel(double alpha) : IPairKernel
{
    private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha);

    /// <inheritdoc/>
    public int Coordinates => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(float* query, float* points, nint stride)
    {
        var angle = VectorAngles.Gap(Vector512.Create(query[1]) - Vector512.Load(points + stride));
        return angle * _alpha + Vector512.Abs(Vector512.Create(query[0]) - Vector512.Load(points)) * _rest;
    }
}
