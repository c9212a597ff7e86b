using System.Text;
using LieConv.Tests.Datasets.Points;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>docs/faults.md shows the broken files of the tests, each with the sentence that the test asks for.</summary>
public sealed class FaultDocumentTests
{
    private const string Title = "| file | content | options | sentence |";

    private static string Document => Path.Combine(RepositoryFolder.Path, "docs", "faults.md");

    /// <summary>LIECONV_WRITE_FAULTS=1 writes the table anew.</summary>
    [Fact]
    public void Table_IsThatOfTheTests()
    {
        var rows = PointFaultTests.Texts.Select(row => (ValueTuple<string, string, string, string>)row.Data).Select(row =>
            $"| `{row.Item1}` | {Code(row.Item2)} | {Code(row.Item3)} | {Sentence(row.Item4)} |").ToArray();
        Assert.True(rows.Length >= 30, $"{rows.Length} files");
        var text = File.ReadAllText(Document);
        var start = text.IndexOf(Title, StringComparison.Ordinal);
        Assert.True(start >= 0, "the table is not there");
        if (Environment.GetEnvironmentVariable("LIECONV_WRITE_FAULTS") == "1")
            File.WriteAllText(
                Document, text = text[..start] + $"{Title}\n|---|---|---|---|\n{string.Join('\n', rows)}\n");
        Assert.Equal(rows, text[start..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..]);
    }

    /// <summary>A folder stands before names, which is left out; * is what a package or a list says further.</summary>
    private static string Sentence(string sentence) => sentence
        .Replace("{0}", "", StringComparison.Ordinal).Replace("*", "...", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal);

    private static string Code(string text)
    {
        if (text.Length == 0) return "";
        var shown = new StringBuilder();
        foreach (var letter in text)
            shown.Append(letter switch
            {
                '\n' => "⏎",
                '|' => "\\|",
                < ' ' => FormattableString.Invariant($"\\x{(int)letter:X2}"),
                _ => letter.ToString(),
            });
        return $"`{shown}`";
    }
}
