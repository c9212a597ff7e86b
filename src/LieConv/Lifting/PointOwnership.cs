using TorchSharp;

namespace LieConv.Lifting;

/// <summary>Lifted points that leave the scope which computed them.</summary>
internal static class PointOwnership
{
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
