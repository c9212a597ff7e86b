namespace LieConv.Benchmarks.Tables;

/// <summary>Rows of the table as Markdown.</summary>
internal static class TableText
{
    /// <summary>Titles of the columns.</summary>
    public const string Header =
        "| workload | unit | ours | reference | ratio | ours, GFLOP/s | large matrix product, GFLOP/s | share of it | " +
        "peak memory ours, GB | reference, GB |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|";

    /// <summary>One row.</summary>
    public static string Create(TableRow row) =>
        $"| {row.Workload} | {(row.Item is null ? "s/step" : row.Item + "/s")} | {Speed(row, row.Seconds)} | " +
        $"{Speed(row, row.ReferenceSeconds)} | {Text(row.Ratio, "F2")} | {Text(row.Rate / 1e9, "F1")} | " +
        $"{Text(row.MatrixRate / 1e9, "F1")} | {Percent(row.Rate / row.MatrixRate)} | " +
        $"{Text(row.PeakBytes / 1e9, "F2")} | {Text(row.ReferencePeakBytes / 1e9, "F2")} |";

    private static string Speed(TableRow row, double? seconds) =>
        row.Item is null ? Significant(seconds) : Significant(row.Items / seconds);

    private static string Percent(double? share) => share is null ? "-" : Text(100 * share, "F0") + " %";

    private static string Significant(double? value) => Text(value, value switch
    {
        >= 100 => "F0",
        >= 1 => "F1",
        _ => "F3",
    });

    private static string Text(double? value, string format) =>
        value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
