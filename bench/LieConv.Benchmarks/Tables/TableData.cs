namespace LieConv.Benchmarks.Tables;

/// <summary>A table as it is saved for pictures.</summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="Machine">What the figures depend on.</param>
/// <param name="Rows">The workloads.</param>
internal sealed record TableData(string Kind, string Machine, IReadOnlyList<TableRow> Rows)
{
    /// <summary>The kind of such files.</summary>
    public const string TableKind = "table";
}
