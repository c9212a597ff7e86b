using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

// Groups of a user's own that bring some forms only, each off by a factor where it is not 1.

/// <summary>SE(2) or SE(3) with a pair form, and no other.</summary>
internal sealed class PairFormGroup(LieGroup inner, double factor = 1) : WrappedGroup(inner, "OwnPairs"), IPairDistances
{
    SearchSpace? IPairDistances.Space => ((IPairDistances)Inner).Space;

    void IPairDistances.Run(IPairSearch search)
    {
        if (Inner is SE2) search.Run(new Scaled<SE2.PairDistance>(new(Alpha), factor));
        else search.Run(new Scaled<SE3.PairDistance>(new(Alpha), factor));
    }

    private readonly struct Scaled<TDistance>(TDistance distance, double factor) : IPairDistance
        where TDistance : struct, IPairDistance
    {
        public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit) =>
            distance.Of(u, v, limit) * factor;
    }
}

/// <summary>A group with a vector form, and no other.</summary>
internal sealed class VectorFormGroup(LieGroup inner, double factor = 1)
    : WrappedGroup(inner, "OwnVectors"), IVectorDistances
{
    Tensor IVectorDistances.Distances(LiftedElements queries, LiftedElements support) =>
        ((IVectorDistances)Inner).Distances(queries, support) * factor;
}

/// <summary>A group with a fused logarithm, and no other form.</summary>
internal sealed class FusedFormGroup(LieGroup inner, double factor = 1)
    : WrappedGroup(inner, "OwnLogarithm"), IFusedRelative
{
    Tensor? IFusedRelative.RelativeLog(Tensor origin, Tensor target) =>
        Log(Between(origin, target)) * factor;
}

/// <summary>A group that positions bound, by a scale that may be too large.</summary>
internal sealed class BoundedGroup(LieGroup inner, double factor = 1)
    : WrappedGroup(inner, "OwnBound"), IBoundedByPositions
{
    PositionBound IBoundedByPositions.Bound(LiftedElements points)
    {
        var bound = ((IBoundedByPositions)Inner).Bound(points);
        return bound with { Scale = bound.Scale * factor };
    }
}
