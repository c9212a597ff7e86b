using System.Globalization;
using System.Text;

namespace LieConv.Tests.Parity;

/// <summary>Collects the runs of one test session and writes them as a table when the session ends.</summary>
public sealed class ParityReport : IDisposable
{
    /// <summary>Environment variable that names the Markdown file to write.</summary>
    public const string FileVariable = "LIECONV_PARITY_REPORT";

    private readonly Lock _lock = new();
    private readonly List<(string Name, string Section, bool SinglePrecision, IReadOnlyList<CheckedArray> Arrays)> _runs = [];

    /// <summary>Adds a run.</summary>
    public void Add(CaseRun run)
    {
        lock (_lock) _runs.Add((run.Golden.Name, run.Golden.Section, run.SinglePrecision, run.Checked));
    }

    /// <summary>The table: cases and largest error of each section and precision.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("| section | precision | cases | arrays | right values | largest error "
            + "| largest share of its tolerance | array with the largest share |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var group in _runs.GroupBy(run => (run.Section, run.SinglePrecision)).OrderBy(g => g.Key))
        {
            var arrays = group.SelectMany(run => run.Arrays.Select(array => (run.Name, Array: array))).ToArray();
            if (arrays.Length == 0) continue;
            var worst = arrays.MaxBy(item => Share(item.Array));
            var (precision, right) = (group.Key.SinglePrecision ? "float32" : "float64", arrays.Count(item => item.Array.Deviation));
            text.Append(CultureInfo.InvariantCulture,
                $"| {group.Key.Section} | {precision} | {group.Count()} | {arrays.Length} | {right} ");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {arrays.Max(item => item.Array.Error):0.0e+00} | {Share(worst.Array):0.00} | {worst.Name} {worst.Array.Array} |");
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_runs.Count == 0) return;
        var table = ToMarkdown();
        TestContext.Current.SendDiagnosticMessage(table);
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } path) File.WriteAllText(path, table);
    }

    private static double Share(CheckedArray array) =>
        array.Tolerance > 0 ? array.Error / array.Tolerance : array.Error;
}
