namespace LieConv.Groups;

/// <summary>The motions of a group that turns, shifts and scales coordinates: all rotations of some of them, all
/// translations along some, and all scalings where it scales.</summary>
/// <param name="Turned">The coordinates that rotations mix: two, of the plane across an axis in right-handed order, or
/// all three of space; none where the group turns nothing.</param>
/// <param name="Translated">The coordinates along which the group translates.</param>
/// <param name="Scaled">Whether the group scales all coordinates about the origin, too.</param>
public sealed record CoordinateMotions(
    IReadOnlyList<int> Turned, IReadOnlyList<int> Translated, bool Scaled = false)
{
    /// <summary>What is wrong with motions of points in R^D, as a sentence; null where nothing is.</summary>
    internal string? Fault(string group, int pointDim)
    {
        static string List(IEnumerable<int> coordinates) => $"[{string.Join(", ", coordinates)}]";
        bool AreDifferent(IReadOnlyList<int> coordinates) =>
            coordinates.Distinct().Count() == coordinates.Count && coordinates.All(i => i >= 0 && i < pointDim);
        if (Turned.Count is not (0 or 2 or 3) || !AreDifferent(Turned))
            return $"Motions of {group} turn the coordinates {List(Turned)}; expected none, two or three different " +
                $"numbers from 0 to {pointDim - 1}.";
        return AreDifferent(Translated)
            ? null
            : $"Motions of {group} translate along {List(Translated)}; expected different numbers from 0 to " +
                $"{pointDim - 1}.";
    }
}
