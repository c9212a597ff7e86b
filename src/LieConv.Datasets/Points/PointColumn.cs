namespace LieConv.Datasets.Points;

/// <summary>Takes the cells of one column, one a row.</summary>
internal abstract class PointColumn
{
    /// <summary>Name of the column.</summary>
    public abstract string Name { get; }

    /// <summary>Takes a number; one that is not finite is a fault of the row.</summary>
    public abstract void Add(double number);

    /// <summary>Takes a text: a number in it counts as a number.</summary>
    public abstract void Add(ReadOnlySpan<char> text);

    /// <summary>Says that the row has nothing in this column.</summary>
    public abstract void AddMissing();
}
