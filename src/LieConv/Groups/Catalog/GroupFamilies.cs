namespace LieConv.Groups;

/// <summary>The kinds of groups that have names.</summary>
internal static class GroupFamilies
{
    /// <summary>The greatest dimension of points whose groups are listed.</summary>
    public const int MostDimensions = 6;

    /// <summary>All of them, in the order of help texts.</summary>
    public static IReadOnlyList<GroupFamily> All { get; } =
    [
        new("Trivial", "no symmetry: every point is told by its coordinates", 1, MostDimensions,
            (dimension, alpha) => new Trivial(dimension, alpha)) { TakesDimension = true },
        new("T", "translations", 1, MostDimensions,
            (dimension, alpha) => new Translation(dimension, alpha)) { TakesDimension = true },
        new("Tx", "translations along x", 2, MostDimensions, LieSubgroup.Tx)
        {
            IsBareInThePlane = true, TakesDimension = true,
        },
        new("Ty", "translations along y", 2, MostDimensions, LieSubgroup.Ty)
        {
            IsBareInThePlane = true, TakesDimension = true,
        },
        Plane("SO", "rotations of the plane about the origin", alpha => new SO2(alpha)) with
        {
            IsNumbered = true, IsBareInThePlane = false,
        },
        Space("SO", "rotations of space about the origin", alpha => new SO3(alpha)),
        new("SO", "rotations about the origin", 4, MostDimensions, RotationGroups.SO) { IsNumbered = true },
        Plane("RxSO", "scalings and rotations of the plane about the origin (log-polar)", alpha => new RxSO2(alpha)) with
        {
            IsNumbered = true, IsBareInThePlane = false,
        },
        new("RxSO", "scalings and rotations about the origin", 3, MostDimensions, RotationGroups.RxSO) { IsNumbered = true },
        new("Rx", "scalings about the origin", 1, MostDimensions,
            (dimension, alpha) => dimension == 2 ? LieSubgroup.Rx(alpha) : new Scalings(dimension, alpha))
        {
            IsBareInThePlane = true,
        },
        Plane("RxSQ", "scalings and squeezes of the positive quadrant (log-hyperbolic)", alpha => new RxSQ(alpha)),
        Plane("SQ", "squeezes of the positive quadrant", LieSubgroup.SQ),
        Plane("SE", "rotations and translations of the plane", alpha => new SE2(alpha)) with
        {
            IsNumbered = true, IsBareInThePlane = false,
        },
        Space("SE", "rotations and translations of space", alpha => new SE3(alpha)),
        new("SE", "rotations and translations", 4, MostDimensions, RotationGroups.SE) { IsNumbered = true },
    ];

    private static GroupFamily Plane(string stem, string description, Func<double, LieGroup> create) =>
        new(stem, description, 2, 2, (_, alpha) => create(alpha)) { IsBareInThePlane = true };

    private static GroupFamily Space(string stem, string description, Func<double, LieGroup> create) =>
        new(stem, description, 3, 3, (_, alpha) => create(alpha)) { IsNumbered = true };
}
