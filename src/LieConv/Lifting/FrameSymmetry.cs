using LieConv.Groups;

namespace LieConv.Lifting;

/// <summary>The motions of a group that rotates, as far as a set that is seen from frames of its own needs to know them
/// (docs/maths.md, Weighted frames).</summary>
/// <param name="Turned">The coordinates that rotations mix, two of the plane across an axis in right-handed order, or
/// all three of space.</param>
/// <param name="Translated">The coordinates along which the group translates.</param>
/// <param name="Scaled">Whether the group scales, too.</param>
internal sealed record FrameSymmetry(
    IReadOnlyList<int> Turned, IReadOnlyList<int> Translated, bool Scaled = false)
{
    /// <summary>The motions of a group; null where it turns nothing, or is not known.</summary>
    public static FrameSymmetry? Find(LieGroup group) => group.Motions is { Turned.Count: > 0 } motions
        ? new(motions.Turned, motions.Translated, motions.Scaled)
        : null;

    /// <summary>The group of the network that sees the views. Where the group translates all that it turns, its own
    /// lift without rotations reads how points differ, and nothing that can jump; azimuths would, between points that
    /// lie opposite. Else it is all coordinates of the view.</summary>
    public LieGroup Viewer(LieGroup group) =>
        Turned.All(Translated.Contains) ? group : new Trivial(group.PointDim);
}
