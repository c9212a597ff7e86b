using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>A keyword of the original.</summary>
/// <param name="Owner">The class, function or command that has it.</param>
/// <param name="Name">The keyword.</param>
/// <param name="Default">Its default; a hyphen for none.</param>
internal readonly record struct OriginalKeyword(string Owner, string Name, string Default)
{
    /// <summary>All keywords, from the list of facts beside this file.</summary>
    public static IReadOnlyList<OriginalKeyword> All { get; } = Read();

    private static List<OriginalKeyword> Read()
    {
        var (owner, found) = ("", new List<OriginalKeyword>());
        foreach (var line in File.ReadLines(Path.Combine(
            RepositoryFolder.Path, "tests", "LieConv.Tests", "Docs", "original-keywords.txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') owner = line.Trim('[', ']');
            else if (line.Split(" =", 2) is [var name, var value]) found.Add(new(owner, name, value.Trim()));
        }
        return found;
    }
}
