using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;

namespace LieConv.Training.Description;

/// <summary>Predictions as a table: a row for each input.</summary>
/// <param name="columns">Names of the columns.</param>
/// <param name="rows">Texts and numbers, as many a row as there are columns.</param>
/// <param name="faults">Inputs that have no row.</param>
public sealed class TableResults(IReadOnlyList<string> columns, IReadOnlyList<object[]> rows, int faults = 0)
    : PredictedResults
{
    /// <inheritdoc/>
    public override int Count => rows.Count;

    /// <inheritdoc/>
    public override int Faults => faults;

    /// <inheritdoc/>
    public override string? Remark => Count == 0
        ? "Nothing could be predicted."
        : $"{Count} were predicted; for what could not be, see the lines above.";

    /// <inheritdoc/>
    public override string Csv()
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var row in rows) text.AppendJoin(',', row.Select(Field)).Append('\n');
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string Json() => JsonSerializer.Serialize(
        rows.Select(row => columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)), JsonFormat.Indented);

    /// <inheritdoc/>
    public override string Written(string path) => $"Wrote {path}.";

    private static string Field(object value) =>
        CsvField.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
