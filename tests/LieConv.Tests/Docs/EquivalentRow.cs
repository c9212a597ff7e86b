using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>A row of docs/from-the-original.md.</summary>
/// <param name="Keyword">The original's keyword.</param>
/// <param name="Here">What stands for it.</param>
/// <param name="Remarks">More about it.</param>
internal sealed partial record EquivalentRow(OriginalKeyword Keyword, string Here, string Remarks)
{
    /// <summary>All rows of the page.</summary>
    public static IReadOnlyList<EquivalentRow> All { get; } =
        Parse(File.ReadLines(Path.Combine(RepositoryFolder.Path, "docs", "from-the-original.md")));

    /// <summary>What is set in code, in the column that counts.</summary>
    public IEnumerable<string> Equivalents => Code().Matches(Here).Select(match => match.Groups["text"].Value);

    /// <summary>What is set in code, anywhere in the row.</summary>
    public IEnumerable<string> Mentions => Code().Matches($"{Here} {Remarks}").Select(match => match.Groups["text"].Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Keyword.Owner}.{Keyword.Name}";

    /// <summary>The rows of a page's tables, each under its heading.</summary>
    public static IReadOnlyList<EquivalentRow> Parse(IEnumerable<string> lines)
    {
        var (owner, rows) = ("", new List<EquivalentRow>());
        foreach (var line in lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) owner = line[4..].Trim();
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("| keyword |", StringComparison.Ordinal))
                continue;
            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
            if (cells.Length != 4) throw new InvalidDataException($"'{line}' has {cells.Length} cells; expected 4.");
            rows.Add(new(new(owner, cells[0], cells[1]), cells[2], cells[3]));
        }
        return rows;
    }

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();
}
