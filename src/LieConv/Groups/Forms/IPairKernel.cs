
using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>A group's distance from one query to as many points as a vector holds, in float32.</summary>
internal unsafe interface IPairKernel
{
    /// <summary>Coordinates of a point that it reads.</summary>
    int Coordinates { get; }

    /// <summary>The distances.</summary>
    /// <param name="query">The coordinates of the query's element, then of its orbit.</param>
    /// <param name="points">The points' first coordinates, side by side.</param>
    /// <param name="stride">Floats from one coordinate of the points to the next.</param>
    TVector Of<TVector>(float* query, float* points, nint stride)
        where TVector : struct, IFloats<TVector>;
}
