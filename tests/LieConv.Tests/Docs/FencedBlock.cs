using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>A fenced block of one of the documents.</summary>
/// <param name="Place">Document and line, for messages.</param>
/// <param name="Language">The word after the opening fence.</param>
/// <param name="Lines">The lines between the fences.</param>
internal sealed record FencedBlock(string Place, string Language, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    /// <summary>README.md, CONTRIBUTING.md and everything in docs/, samples/ and .github/.</summary>
    public static IEnumerable<string> Documents =>
        new[] { "README.md", "CONTRIBUTING.md" }.Select(name => Path.Combine(RepositoryFolder.Path, name))
            .Concat(new[] { "docs", "samples", ".github" }.SelectMany(folder => RepositoryFolder.Files(folder, ".md")));

    /// <summary>All blocks of the documents in one of the languages.</summary>
    public static IEnumerable<FencedBlock> All(params string[] languages) => Documents
        .SelectMany(file => Read(Path.GetFileName(file), File.ReadAllLines(file)))
        .Where(block => languages.Contains(block.Language));

    /// <summary>The blocks of a text.</summary>
    public static IEnumerable<FencedBlock> Read(string name, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            var first = i + 1;
            while (++i < lines.Count && lines[i] != Fence) { }
            yield return new FencedBlock($"{name}:{first}", lines[first - 1][Fence.Length..].Trim(), [.. lines.Skip(first).Take(i - first)]);
        }
    }

    /// <summary>Whether the lines stand in a source text, one after the other, all indented by the same blanks.</summary>
    public bool IsIn(IReadOnlyList<string> source)
    {
        for (var start = 0; start + Lines.Count <= source.Count; start++)
        {
            var indentation = source[start].Length - Lines[0].Length;
            if (indentation < 0) continue;
            var blanks = new string(' ', indentation);
            if (Lines.Select((line, i) => source[start + i] == (line.Length == 0 ? "" : blanks + line)).All(same => same))
                return true;
        }

        return false;
    }
}
