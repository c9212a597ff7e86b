using System.Runtime.CompilerServices;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One distance in three forms, all alpha · |angle| + (1 - alpha) · |r_u - r_v| / (r_u + r_v + floor): of a relative
// coordinate, of all pairs in tensors, and of one query and as many points as a vector holds.
public sealed partial class SO2
{
    /// <summary>Keeps the relative difference of radii finite at the origin, where both are 0.</summary>
    private const double RadiusFloor = 1e-3;

    /// <summary>alpha · |angle| + (1 - alpha) · |r_u - r_v| / (r_u + r_v + 0.001), shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative)
    {
        var (ru, rv) = (relative.select(-1, 1), relative.select(-1, 2));
        return relative.select(-1, 0).abs() * Scalars.Of(Alpha) + RadialGap(ru, rv) * Scalars.Of(1 - Alpha);
    }

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(queries, support, new VectorDistance(Alpha), (u, v) =>
            PairwiseDistances.Angular(u.Elements.squeeze(-1), v.Elements.squeeze(-1)) * Scalars.Of(Alpha) +
            RadialGap(u.Orbits!.squeeze(-1), v.Orbits!.squeeze(-1)) * Scalars.Of(1 - Alpha));

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new VectorDistance(Alpha));

    private static Tensor RadialGap(Tensor ru, Tensor rv) => (ru - rv).abs() / (ru + rv + Scalars.Of(RadiusFloor));

    /// <summary>The distances of one query and as many points as a vector holds.</summary>
    private readonly unsafe struct VectorDistance(double alpha) : IPairKernel
    {
        private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha), _floor = (float)RadiusFloor;

        /// <inheritdoc/>
        public int Coordinates => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TVector>(float* query, float* points, nint stride)
            where TVector : struct, IFloats<TVector>
        {
            var angle = VectorAngles.Gap(TVector.Create(query[0]) - TVector.Load(points));
            var (own, radius) = (TVector.Create(query[1]), TVector.Load(points + stride));
            var gap = TVector.Abs(own - radius) / (own + radius + TVector.Create(_floor));
            return angle * _alpha + gap * _rest;
        }
    }
}
