namespace LieConv.Training.Description;

/// <summary>Predictions that are a table and nothing else.</summary>
/// <param name="table">The table.</param>
/// <param name="faults">Inputs that have no row.</param>
/// <param name="count">Inputs that were predicted; null where each has one row.</param>
/// <param name="inputs">What the inputs are, for messages, such as sets; empty for nothing.</param>
public sealed class TableResults(ResultTable table, int faults = 0, int? count = null, string inputs = "")
    : PredictedResults
{
    /// <summary>A table by rows.</summary>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Texts and numbers, as many a row as there are columns.</param>
    /// <param name="faults">Inputs that have no row.</param>
    public TableResults(IReadOnlyList<string> columns, IReadOnlyList<object[]> rows, int faults = 0)
        : this(new ResultTable([.. columns.Select((name, c) => Column(name, [.. rows.Select(row => row[c])]))]), faults)
    {
    }

    /// <inheritdoc/>
    public override int Count => count ?? table.Rows;

    /// <inheritdoc/>
    public override int Faults => faults;

    /// <inheritdoc/>
    public override string? Remark => Count == 0
        ? "Nothing could be predicted."
        : $"{Count} {Inputs}were predicted; for what could not be, see the lines above.";

    /// <inheritdoc/>
    public override ResultTable Table() => table;

    /// <inheritdoc/>
    public override string Json() => table.Json();

    /// <inheritdoc/>
    public override string Written(string path) => inputs.Length == 0 ? $"Wrote {path}." : $"Wrote {Count} {inputs} to {path}.";

    private string Inputs => inputs.Length == 0 ? "" : inputs + " ";

    private static ResultColumn Column(string name, object[] values) =>
        values.All(value => value is int or long)
            ? ResultColumn.Counts(name, [.. values.Select(value => Convert.ToInt64(value, null))])
        : values.All(value => value is double or float)
            ? ResultColumn.Numbers(name, [.. values.Select(value => Convert.ToDouble(value, null))], "R")
        : ResultColumn.Texts(name, [.. values.Select(value => FormattableString.Invariant($"{value}"))]);
}
