using LieConv.Lifting;
using TorchSharp;
using TorchSharp.Modules;

namespace LieConv.Internal;

/// <summary>Who disposes a tensor: modules own their parameters, results leave the scope that computed them.</summary>
internal static class Ownership
{
    /// <summary>Takes a new parameter out of any dispose scope, so that it lives as long as its module.</summary>
    public static Parameter Detached(this Parameter parameter)
    {
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>Moves what the scope owns of the points to the scope around it.</summary>
    public static LiftedPoints Keep(this DisposeScope scope, LiftedPoints points)
    {
        scope.MoveToOuter(points.Elements);
        if (points.Orbits is not null) scope.MoveToOuter(points.Orbits);
        scope.MoveToOuter(points.Values);
        if (points.Mask is not null) scope.MoveToOuter(points.Mask);
        return points;
    }
}
