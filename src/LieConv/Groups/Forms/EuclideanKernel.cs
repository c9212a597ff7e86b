using System.Runtime.CompilerServices;

using LieConv.Cpu;

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
    public TVector Of<TVector>(float* query, float* points, nint stride)
        where TVector : struct, IFloats<TVector>
    {
        var square = default(TVector);
        for (var c = first; c < first + count; c++)
        {
            // Fused, as in libtorch's cdist and in searches: farthest points depend on the last bit.
            var gap = TVector.Create(query[c]) - TVector.Load(points + c * stride);
            square = TVector.FusedMultiplyAdd(gap, gap, square);
        }
        return TVector.Sqrt(square) * _scale;
    }
}
