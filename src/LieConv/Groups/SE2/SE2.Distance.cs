using System.Runtime.CompilerServices;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One distance in four forms, all alpha · |θ| + (1 - alpha) · |V⁻¹t| of the relative motion v⁻¹u = (θ, t): of a
// relative coordinate, of all pairs in tensors, of one query and as many points as a vector holds, and of a single pair.
//
// The last three need no logarithm: V is a rotation times sin(θ/2) / (θ/2), and t as long as the difference d of the
// positions, so that |V⁻¹t| = |d| (θ/2) / sin(θ/2).
public sealed partial class SE2
{
    /// <summary>alpha · |angle| + (1 - alpha) · |translation part of the logarithm|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) =>
        relative.select(-1, 0).abs() * Scalars.Of(Alpha) + Polar.Length(relative.narrow(-1, 1, 2)) *
            Scalars.Of(1 - Alpha);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(queries, support, new VectorDistance(Alpha), (u, v) =>
        {
            var angle = PairwiseDistances.Angular(u.Elements.select(-1, 0), v.Elements.select(-1, 0));
            var length = PairwiseDistances.Euclidean(u.Elements.narrow(-1, 1, 2), v.Elements.narrow(-1, 1, 2));
            return angle * Scalars.Of(Alpha) + length / (angle / Scalars.Of(2 * Math.PI)).sinc() *
                Scalars.Of(1 - Alpha);
        });

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new VectorDistance(Alpha));

    void IPairDistances.Run(IPairSearch search) => search.Run(new PairDistance(Alpha));

    /// <summary>The distances of one query and as many points as a vector holds.</summary>
    private readonly unsafe struct VectorDistance(double alpha) : IPairKernel
    {
        private readonly float _alpha = (float)alpha;
        private readonly EuclideanKernel _length = new(1, 2, 1 - alpha);

        /// <inheritdoc/>
        public int Coordinates => 3;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TVector>(float* query, float* points, nint stride)
            where TVector : struct, IFloats<TVector>
        {
            // |V⁻¹t| from |t| and the angle alone: no rotation of t, hence no sine and cosine of each point's angle.
            var angle = VectorAngles.Gap(TVector.Create(query[0]) - TVector.Load(points));
            return angle * _alpha + _length.Of<TVector>(query, points, stride) / VectorAngles.Sinc(angle * 0.5f);
        }
    }

    /// <summary>The distance of a single pair.</summary>
    internal readonly struct PairDistance(double alpha) : IPairDistance
    {
        /// <inheritdoc/>
        public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
        {
            var (dx, dy) = (u[1] - v[1], u[2] - v[2]);
            var length = Math.Sqrt(dx * dx + dy * dy) * (1 - alpha);
            if (length >= limit) return length;
            var half = Math.Abs(Math.IEEERemainder(u[0] - v[0], 2 * Math.PI)) / 2;
            return 2 * half * alpha + (half == 0 ? length : length * half / Math.Sin(half));
        }
    }
}
