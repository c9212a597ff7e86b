using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LieConv.Groups;

/// <summary>The length of the difference of the last coordinates, times a scale.</summary>
/// <param name="first">Coordinates before them.</param>
/// <param name="count">How many there are.</param>
/// <param name="scale">The factor.</param>
internal readonly unsafe struct EuclideanKernel(int first, int count, double scale) : IPairKernel
{
    private readonly float _scale = (float)scale;

    /// <inheritdoc/>
    public int Coordinates => first + count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(float* query, float* points, nint stride)
    {
        var square = Vector512<float>.Zero;
        for (var c = first; c < first + count; c++)
        {
            // Fused, as in libtorch's cdist and in searches: farthest points depend on the last bit.
            var gap = Vector512.Create(query[c]) - Vector512.Load(points + c * stride);
            square = Vector512.FusedMultiplyAdd(gap, gap, square);
        }
        return Vector512.Sqrt(square) * _scale;
    }
}
