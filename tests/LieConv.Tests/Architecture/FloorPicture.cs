using System.Text;

namespace LieConv.Tests.Architecture;

/// <summary>The picture of a project's floors in docs/architecture.md: a Mermaid graph of its folders.</summary>
/// <remarks><c>build/draw-floors.sh</c> writes it anew.</remarks>
internal static class FloorPicture
{
    private const string End = "```";

    /// <summary>Draws the folders of the first level: an arrow means "uses". An arrow that follows from others is left
    /// out.</summary>
    public static string Draw(string project)
    {
        var uses = FolderUse.Of(project)
            .Select(use => (From: Top(use.From), To: Top(use.To)))
            .Where(use => use.From != use.To)
            .ToHashSet();
        var folders = FolderUse.FoldersOf(project).Select(Top).Distinct().ToArray();
        var text = new StringBuilder("graph TD\n");
        foreach (var folder in folders.Where(folder => !uses.Any(use => use.From == folder || use.To == folder)))
            text.Append($"    {folder}\n");
        foreach (var (from, to) in uses.OrderBy(use => use.From, StringComparer.Ordinal).ThenBy(use => use.To, StringComparer.Ordinal))
            if (!folders.Any(between => between != to && Reaches(from, between, uses) && Reaches(between, to, uses)))
                text.Append($"    {from} --> {to}\n");
        return text.ToString();
    }

    /// <summary>The picture in the document.</summary>
    public static string Read(string project) => Split(project).Picture;

    /// <summary>Writes a picture into the document.</summary>
    public static void Replace(string project, string picture)
    {
        var (before, _, after) = Split(project);
        File.WriteAllText(FloorTable.Document, before + picture + after);
    }

    private static (string Before, string Picture, string After) Split(string project)
    {
        var text = File.ReadAllText(FloorTable.Document);
        var start = $"```mermaid\n%% {project}\n";
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"docs/architecture.md has no picture of {project}.");
        var to = text.IndexOf(End, from, StringComparison.Ordinal);
        return (text[..from], text[from..to], text[to..]);
    }

    private static bool Reaches(string from, string to, HashSet<(string From, string To)> uses)
    {
        var (seen, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.TryPop(out var at))
            foreach (var next in uses.Where(use => use.From == at && seen.Add(use.To)).Select(use => use.To).ToArray())
                open.Push(next);
        return seen.Contains(to);
    }

    private static string Top(string folder) => folder == "." ? "Program" : folder.Split('/')[0];
}
