using System.Globalization;
using System.Text;
using LieConv.Training.Pictures;

namespace LieConv.Training.Studies;

/// <summary>A data-efficiency study in words: geometric means over seeds, and the factor from the smallest to the
/// largest.</summary>
public static class StudyTable
{
    private const string None = "-";

    /// <summary>A Markdown table, a network a column.</summary>
    /// <param name="rows">The trainings.</param>
    /// <exception cref="ArgumentException">If there are no rows, or one is impossible.</exception>
    public static string Markdown(IReadOnlyList<StudyRow> rows)
    {
        var table = Cells(rows, name => name.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal));
        var text = new StringBuilder();
        for (var i = 0; i < table.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", table[i]).Append(" |\n");
            if (i == 0) text.Append('|').Insert(text.Length, "---|", table[0].Length).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The same in columns for a terminal.</summary>
    /// <param name="rows">The trainings.</param>
    /// <exception cref="ArgumentException">If there are no rows, or one is impossible.</exception>
    public static string Text(IReadOnlyList<StudyRow> rows)
    {
        var table = Cells(rows, name => name.ReplaceLineEndings(" "));
        var widths = table[0].Select((_, column) => table.Max(row => row[column].Length)).ToArray();
        return string.Concat(table.Select(row =>
            string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }

    private static List<string[]> Cells(IReadOnlyList<StudyRow> rows, Func<string, string> escape)
    {
        var points = StudyPoint.Collect(rows);
        string[] networks = [.. points.Select(point => point.Network).Distinct()];
        List<string[]> table = [["training size", .. networks.Select(escape)]];
        foreach (var size in points.Select(point => point.Size).Distinct().Order())
        {
            table.Add(
            [
                size.ToString(CultureInfo.InvariantCulture),
                .. networks.Select(name => Cell(points.FirstOrDefault(p => p.Network == name && p.Size == size))),
            ]);
        }
        return table;
    }

    private static string Cell(StudyPoint? point)
    {
        if (point is null) return None;
        if (point.Seeds == 0) return "failed";
        List<string> remarks = [];
        if (point.Seeds > 1)
        {
            if (point.Low > 0) remarks.Add(FormattableString.Invariant($"x{point.High / point.Low:0.0}"));
            remarks.Add($"{point.Seeds} seeds");
        }
        if (point.Failed > 0) remarks.Add($"{point.Failed} failed");
        return LogAxis.ShortText(point.Mean) + (remarks.Count == 0 ? "" : $" ({string.Join(", ", remarks)})");
    }
}
