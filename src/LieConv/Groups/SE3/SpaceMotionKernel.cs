using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>The distance of SE(3), elements (w, x, y, z, position): as in <see cref="ScrewDistances"/>, where the
/// formula is derived.</summary>
internal readonly unsafe struct SpaceMotionKernel(double alpha) : IPairKernel
{
    /// <summary>Squared sines of half angles below this are those of no rotation, to round-off.</summary>
    private const float NoRotation = 1e-12f;

    private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha);

    /// <inheritdoc/>
    public int Coordinates => 7;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(float* query, float* points, nint stride)
    {
        var (w, x, y, z) = (Load(0), Load(1), Load(2), Load(3));
        var (uw, ux, uy, uz) = (Own(0), Own(1), Own(2), Own(3));
        // q_u times the conjugate of q_v: cos(θ/2), and the axis times sin(θ/2).
        var cosine = Vector512.Abs(uw * w + ux * x + uy * y + uz * z);
        var cx = ux * w - uw * x - (uy * z - uz * y);
        var cy = uy * w - uw * y - (uz * x - ux * z);
        var cz = uz * w - uw * z - (ux * y - uy * x);
        var (dx, dy, dz) = (Own(4) - Load(4), Own(5) - Load(5), Own(6) - Load(6));
        var sineSquared = Vector512.Max(cx * cx + cy * cy + cz * cz, Vector512.Create(NoRotation));
        var sine = Vector512.Sqrt(sineSquared);
        var half = VectorAngles.OfSineAndCosine(sine, cosine);
        // The bound above stands in for the case without rotation: a branch would have to suit all 16 lanes.
        var stretchSquared = half * half / sineSquared;
        var along = dx * cx + dy * cy + dz * cz;
        var squared = stretchSquared * (dx * dx + dy * dy + dz * dz)
            + (Vector512<float>.One - stretchSquared) * (along * along / sineSquared);
        return half * (2 * _alpha) + Vector512.Sqrt(Vector512.Max(squared, Vector512<float>.Zero)) * _rest;

        Vector512<float> Load(int coordinate) => Vector512.Load(points + coordinate * stride);
        Vector512<float> Own(int coordinate) => Vector512.Create(query[coordinate]);
    }
}
