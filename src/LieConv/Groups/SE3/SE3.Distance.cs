using System.Runtime.CompilerServices;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One distance in four forms, all alpha · θ + (1 - alpha) · |V⁻¹t| of the relative motion v⁻¹u = (rotation by θ, t):
// of a relative coordinate, of all pairs in tensors, of one query and as many points as a vector holds, and of a single pair.
//
// The last three need no logarithm. V⁻¹ keeps the part of t along the axis of rotation and stretches the part across it
// by k = (θ/2) / sin(θ/2). Seen in space, t is the difference d of the positions, and the axis times sin(θ/2) is the
// vector part c of q_u q_v⁻¹, whose real part is cos(θ/2). Hence
//     |V⁻¹t|² = k² |d|² + (1 - k²) (d·c)² / sin²(θ/2),
// and where nothing turns it is |d|². q and -q are one rotation: the real part counts without its sign.
public sealed partial class SE3
{
    /// <summary>alpha · angle + (1 - alpha) · |translation part of the logarithm|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) =>
        Polar.Length(relative.narrow(-1, 0, 3)) * Scalars.Of(Alpha) + Polar.Length(relative.narrow(-1, 3, 3)) *
            Scalars.Of(1 - Alpha);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(
            queries, support, new VectorDistance(Alpha), (u, v) => Distances(u.Elements, v.Elements, Alpha));

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new VectorDistance(Alpha));

    void IPairDistances.Run(IPairSearch search) => search.Run(new PairDistance(Alpha));

    /// <summary>The distances of all pairs.</summary>
    /// <param name="u">Queries, shape (g, k, 1, 7).</param>
    /// <param name="v">Support, shape (g, 1, n, 7).</param>
    /// <param name="alpha">Weight of the angle.</param>
    private static Tensor Distances(Tensor u, Tensor v, double alpha)
    {
        var angle = PairwiseDistances.Rotational(u.narrow(-1, 0, 4), v.narrow(-1, 0, 4));
        var (a, b) = (u.unbind(-1), v.unbind(-1));
        // q_u times the conjugate of q_v: its vector part, one (g, k, n) tensor a component.
        var cx = a[1] * b[0] - a[0] * b[1] - (a[2] * b[3] - a[3] * b[2]);
        var cy = a[2] * b[0] - a[0] * b[2] - (a[3] * b[1] - a[1] * b[3]);
        var cz = a[3] * b[0] - a[0] * b[3] - (a[1] * b[2] - a[2] * b[1]);
        var (dx, dy, dz) = (a[4] - b[4], a[5] - b[5], a[6] - b[6]);
        var stretchSquared = (angle / Scalars.Of(2 * Math.PI)).sinc().pow(Scalars.Of(-2));
        var along = (dx * cx + dy * cy + dz * cz).square() /
            (angle / Scalars.Of(2)).sin().square().clamp_min(Scalars.Of(1e-12));
        var squared = stretchSquared * (dx * dx + dy * dy + dz * dz) + (Scalars.Of(1) - stretchSquared) * along;
        var length = squared.clamp_min(Scalars.Of(0)).sqrt();
        return angle * Scalars.Of(alpha) + length * Scalars.Of(1 - alpha);
    }

    /// <summary>The distances of one query and as many points as a vector holds.</summary>
    private readonly unsafe struct VectorDistance(double alpha) : IPairKernel
    {
        /// <summary>Squared sines of half angles below this are those of no rotation, to round-off.</summary>
        private const float NoRotation = 1e-12f;

        private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha);

        /// <inheritdoc/>
        public int Coordinates => 7;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TVector>(float* query, float* points, nint stride)
            where TVector : struct, IFloats<TVector>
        {
            var (w, x, y, z) = (Load(0), Load(1), Load(2), Load(3));
            var (uw, ux, uy, uz) = (Own(0), Own(1), Own(2), Own(3));
            // q_u times the conjugate of q_v: cos(θ/2), and the axis times sin(θ/2).
            var cosine = TVector.Abs(uw * w + ux * x + uy * y + uz * z);
            var cx = ux * w - uw * x - (uy * z - uz * y);
            var cy = uy * w - uw * y - (uz * x - ux * z);
            var cz = uz * w - uw * z - (ux * y - uy * x);
            var (dx, dy, dz) = (Own(4) - Load(4), Own(5) - Load(5), Own(6) - Load(6));
            var sineSquared = TVector.AtLeast(cx * cx + cy * cy + cz * cz, TVector.Create(NoRotation));
            var sine = TVector.Sqrt(sineSquared);
            var half = VectorAngles.OfSineAndCosine(sine, cosine);
            // The bound above stands in for the case without rotation: a branch would have to suit all lanes.
            var stretchSquared = half * half / sineSquared;
            var along = dx * cx + dy * cy + dz * cz;
            var squared = stretchSquared * (dx * dx + dy * dy + dz * dz)
                + (TVector.Create(1) - stretchSquared) * (along * along / sineSquared);
            return half * (2 * _alpha) + TVector.Sqrt(TVector.AtLeast(squared, default)) * _rest;

            TVector Load(int coordinate) => TVector.Load(points + coordinate * stride);
            TVector Own(int coordinate) => TVector.Create(query[coordinate]);
        }
    }

    /// <summary>The distance of a single pair.</summary>
    internal readonly struct PairDistance(double alpha) : IPairDistance
    {
        /// <inheritdoc/>
        public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
        {
            var (dx, dy, dz) = (u[4] - v[4], u[5] - v[5], u[6] - v[6]);
            var square = dx * dx + dy * dy + dz * dz;
            var shortest = Math.Sqrt(square) * (1 - alpha);                    // V⁻¹ shortens nothing
            if (shortest >= limit) return shortest;
            // q_u times the conjugate of q_v: cos(θ/2), and the axis times sin(θ/2).
            var cosine = Math.Abs(u[0] * v[0] + u[1] * v[1] + u[2] * v[2] + u[3] * v[3]);
            var cx = u[1] * v[0] - u[0] * v[1] - (u[2] * v[3] - u[3] * v[2]);
            var cy = u[2] * v[0] - u[0] * v[2] - (u[3] * v[1] - u[1] * v[3]);
            var cz = u[3] * v[0] - u[0] * v[3] - (u[1] * v[2] - u[2] * v[1]);
            var sineSquare = cx * cx + cy * cy + cz * cz;
            var sine = Math.Sqrt(sineSquare);
            shortest += 2 * sine * alpha;                                      // no angle is smaller than its sine
            if (shortest >= limit || sine == 0) return shortest;
            var half = Math.Atan2(sine, cosine);
            var (stretch, along) = (half / sine, dx * cx + dy * cy + dz * cz);
            var lengthSquare = stretch * stretch * square + (1 - stretch * stretch) * along * along / sineSquare;
            return 2 * half * alpha + Math.Sqrt(Math.Max(lengthSquare, 0)) * (1 - alpha);
        }
    }
}
