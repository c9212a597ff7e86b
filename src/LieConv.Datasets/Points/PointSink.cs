namespace LieConv.Datasets.Points;

/// <summary>Takes the rows of a file from its format.</summary>
internal abstract class PointSink
{
    /// <summary>Names the columns of the file.</summary>
    /// <param name="columns">Names of all columns, in order.</param>
    /// <param name="unit">What rows are counted by in messages: "line", "row", "point", "vertex", "set".</param>
    /// <param name="holdsSets">Whether <see cref="BeginSet"/> will be called.</param>
    /// <exception cref="InvalidDataException">A column that is needed is not there.</exception>
    public abstract void Begin(IReadOnlyList<string> columns, string unit, bool holdsSets = false);

    /// <summary>Begins a set, all rows of which follow one another.</summary>
    /// <param name="id">Its name; null for what the id column says, else its number.</param>
    /// <param name="number">Where it begins, counted in the unit, from 1.</param>
    public abstract void BeginSet(string? id, long number);

    /// <summary>The column that takes what the file has in its column i, the same for the whole file; null where nobody
    /// asks for it.</summary>
    public abstract PointColumn? Column(int i);

    /// <summary>Ends a row: every column that is asked for has taken one cell.</summary>
    /// <param name="number">Which line or row of the file it was, from 1.</param>
    public abstract void EndRow(long number);

    /// <summary>
    /// Says what is wrong with the set last begun, or else with the row at hand, which then is ended as if it were
    /// right. In training that ends the reading; where sets are only predicted, the set is left out and reading goes
    /// on.
    /// </summary>
    /// <param name="number">Which line or row of the file it is.</param>
    /// <param name="column">Name of the column, or null.</param>
    /// <param name="what">What is there and what was expected, without a full stop.</param>
    public abstract void Fault(long number, string? column, string what);
}
