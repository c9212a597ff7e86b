using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Architecture;

/// <summary>The floors of one project, from the ground up, as docs/architecture.md has them.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Floors">Folders of each floor; those of one floor do not use each other.</param>
internal sealed partial record FloorTable(string Project, IReadOnlyList<IReadOnlyList<string>> Floors)
{
    /// <summary>The document.</summary>
    public static string Document => Path.Combine(RepositoryFolder.Path, "docs", "architecture.md");

    /// <summary>Reads the table below the heading of a project.</summary>
    public static FloorTable Read(string project)
    {
        var rows = File.ReadLines(Document)
            .SkipWhile(line => line != $"### Floors of `{project}`")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        return new FloorTable(project, [.. rows.Select(Folders)]);
    }

    /// <summary>The number of a folder's floor; null where the table does not name it.</summary>
    public int? FloorOf(string folder)
    {
        for (var floor = 0; floor < Floors.Count; floor++)
            if (Floors[floor].Contains(folder)) return floor;
        return null;
    }

    /// <summary>Whether a folder may use another: its floor must be higher.</summary>
    public bool Allows(FolderUse use) => FloorOf(use.From) > FloorOf(use.To);

    private static IReadOnlyList<string> Folders(string row) =>
        [.. Quoted().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
