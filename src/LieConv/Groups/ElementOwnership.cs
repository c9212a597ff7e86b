using TorchSharp;

namespace LieConv.Groups;

/// <summary>Elements that leave the scope which computed them.</summary>
internal static class ElementOwnership
{
    /// <summary>Moves what the scope owns of the elements to the scope around it.</summary>
    public static LiftedElements Keep(this DisposeScope scope, LiftedElements points)
    {
        scope.MoveToOuter(points.Elements);
        if (points.Orbits is not null) scope.MoveToOuter(points.Orbits);
        return points;
    }
}
