using System.Globalization;

namespace LieConv.Groups;

/// <summary>Groups of one kind, one for each dimension of the points that there is.</summary>
/// <param name="Stem">The name without the dimension: SE.</param>
/// <param name="Description">What they do, in a few words.</param>
/// <param name="Least">The least dimension D.</param>
/// <param name="Most">The greatest dimension D that is listed.</param>
/// <param name="Create">Makes the group of a dimension and a distance weight.</param>
internal sealed record GroupFamily(
    string Stem, string Description, int Least, int Most, Func<int, double, LieGroup> Create)
{
    /// <summary>Whether the dimension is a part of the name that none may leave out: SE2, but T for T2.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Whether a group of the plane is called by the stem alone: Tx, and Tx3 in space.</summary>
    public bool IsBareInThePlane { get; init; }

    /// <summary>Whether a number in brackets is the dimension, as in the original's T(3), and not the weight.</summary>
    public bool TakesDimension { get; init; }

    /// <summary>The name of the group on D-dimensional points.</summary>
    public string NameOn(int dimensions) => IsBareInThePlane && dimensions == 2
        ? Stem
        : string.Create(CultureInfo.InvariantCulture, $"{Stem}{dimensions}");
}
