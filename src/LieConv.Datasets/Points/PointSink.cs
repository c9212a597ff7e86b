namespace LieConv.Datasets.Points;

/// <summary>Takes the rows of files, from a format.</summary>
internal abstract class PointSink
{
    /// <summary>Names the columns of the file that comes next.</summary>
    /// <param name="columns">Names of all columns, in order.</param>
    /// <param name="unit">What rows are counted by in messages: "line", "row", "point", "vertex".</param>
    /// <exception cref="InvalidDataException">A column that is needed is not there.</exception>
    public abstract void Begin(IReadOnlyList<string> columns, string unit);

    /// <summary>Begins a set, all rows of which follow one another; an id column then only names it.</summary>
    /// <param name="id">Its name; null for the name of the file.</param>
    /// <param name="number">Where it begins, counted in the unit.</param>
    public abstract void BeginSet(string? id, long number);

    /// <summary>The column that takes what the file has in its column i; null where nobody asks for it.</summary>
    public abstract PointColumn? Column(int i);

    /// <summary>Ends a row: every column that is asked for has taken one cell.</summary>
    /// <param name="number">Which line or row of the file it was, from 1.</param>
    public abstract void EndRow(long number);

    /// <summary>
    /// Says what is wrong with the row or set at hand. In training that ends the reading; where sets are only predicted,
    /// the set is left out and reading goes on with the next row.
    /// </summary>
    /// <param name="number">Which line or row of the file it is.</param>
    /// <param name="column">Name of the column, or null.</param>
    /// <param name="what">What was expected and what is there, without a full stop.</param>
    public abstract void Fault(long number, string? column, string what);
}
