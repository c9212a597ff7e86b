namespace LieConv.Groups;

/// <summary>A group that knows its motions of coordinates: what <see cref="LieGroup.Motions"/> tells.</summary>
public interface IKnownMotions
{
    /// <summary>All motions of the group; null where they are others, or not known.</summary>
    CoordinateMotions? KnownMotions { get; }
}
