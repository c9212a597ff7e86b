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
    public static FrameSymmetry? Of(LieGroup group) => group switch
    {
        SE2 => new([0, 1], [0, 1]),
        SO2 => new([0, 1], []),
        RxSO2 => new([0, 1], [], Scaled: true),
        SE3 => new([0, 1, 2], [0, 1, 2]),
        SO3 => new([0, 1, 2], []),
        LieSubgroup subgroup => OfSubgroup(subgroup.Parent, subgroup.Coordinates),
        _ => null,
    };

    /// <summary>The group of the network that sees the views. Where the group translates all that it turns, its own
    /// lift without rotations reads how points differ, and nothing that can jump; azimuths would, between points that
    /// lie opposite. Else it is all coordinates of the view.</summary>
    public LieGroup Viewer(LieGroup group) =>
        Turned.All(Translated.Contains) ? group : new Trivial(group.PointDim);

    private static FrameSymmetry? OfSubgroup(LieGroup parent, IReadOnlyList<int> kept) => parent switch
    {
        SE2 => kept.Contains(0) ? new([0, 1], [.. kept.Where(i => i > 0).Select(i => i - 1)]) : null,
        RxSO2 => kept.Contains(1) ? new([0, 1], [], Scaled: kept.Contains(0)) : null,
        SO3 or SE3 => InSpace([.. kept.Where(i => i < 3)], [.. kept.Where(i => i >= 3).Select(i => i - 3)]),
        _ => null,
    };

    /// <summary>No subgroup turns about two axes only.</summary>
    private static FrameSymmetry? InSpace(int[] rotations, int[] translated) => rotations switch
    {
        [] => null,
        [var axis] => new([(axis + 1) % 3, (axis + 2) % 3], translated),
        _ => new([0, 1, 2], translated),
    };
}
