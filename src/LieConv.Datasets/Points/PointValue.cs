namespace LieConv.Datasets.Points;

/// <summary>One column of values that the points carry.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Categories">The texts that occur, sorted; empty for a column of numbers.</param>
public sealed record PointValue(string Name, IReadOnlyList<string> Categories)
{
    /// <summary>Channels that the network sees: one for a number, one for each category (one-hot).</summary>
    public int Channels => Categories.Count == 0 ? 1 : Categories.Count;

    /// <inheritdoc/>
    public bool Equals(PointValue? other) => other is not null && Name == other.Name
        && Categories.SequenceEqual(other.Categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Categories.Count);
}
