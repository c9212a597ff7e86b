using System.Runtime.CompilerServices;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One distance in three forms, all alpha · |angle| + (1 - alpha) · |log r|: of a relative coordinate, of all pairs in
// tensors, and of one query and as many points as a vector holds.
public sealed partial class RxSO2
{
    /// <summary>alpha · |angle| + (1 - alpha) · |log r|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) =>
        relative.select(-1, 1).abs() * Scalars.Of(Alpha) + relative.select(-1, 0).abs() * Scalars.Of(1 - Alpha);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.Compute(queries, support, new VectorDistance(Alpha), (u, v) =>
            PairwiseDistances.Angular(u.Elements.select(-1, 1), v.Elements.select(-1, 1)) * Scalars.Of(Alpha) +
            (u.Elements.select(-1, 0) - v.Elements.select(-1, 0)).abs() * Scalars.Of(1 - Alpha));

    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        PairTable.Compute(queries, support, new VectorDistance(Alpha));

    /// <summary>The distances of one query and as many points as a vector holds.</summary>
    private readonly unsafe struct VectorDistance(double alpha) : IPairKernel
    {
        private readonly float _alpha = (float)alpha, _rest = (float)(1 - alpha);

        /// <inheritdoc/>
        public int Coordinates => 2;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TVector>(float* query, float* points, nint stride)
            where TVector : struct, IFloats<TVector>
        {
            var angle = VectorAngles.Gap(TVector.Create(query[1]) - TVector.Load(points + stride));
            return angle * _alpha + TVector.Abs(TVector.Create(query[0]) - TVector.Load(points)) * _rest;
        }
    }
}
