namespace LieConv.Datasets.Points;

/// <summary>One quantity to learn.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Kind">Whether it is a class or a number.</param>
/// <param name="OfPoints">Whether every point has one; else every set has one.</param>
/// <param name="Classes">Names of the classes, sorted (whole numbers by value); empty for numbers.</param>
public sealed record PointTarget(string Name, PointTargetKind Kind, bool OfPoints, IReadOnlyList<string> Classes)
{
    /// <inheritdoc/>
    public bool Equals(PointTarget? other) => other is not null && Name == other.Name && Kind == other.Kind
        && OfPoints == other.OfPoints && Classes.SequenceEqual(other.Classes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, OfPoints, Classes.Count);
}
