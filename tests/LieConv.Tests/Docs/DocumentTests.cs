using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>What the documents show compiles, and what they link to exists.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[][] Sources =
        [.. RepositoryFolder.Files(Path.Combine("tests", "LieConv.Tests"), ".cs").Select(File.ReadAllLines)];

    [Fact]
    public void CSharpBlocks_OfTheDocuments_AreCompiledInTheTests()
    {
        var blocks = FencedBlock.All("csharp", "cs", "c#").ToArray();
        Assert.NotEmpty(blocks);
        Assert.Empty(blocks.Where(block => !Sources.Any(block.IsIn)).Select(block => block.Place));
    }

    [Fact]
    public void IsIn_ChangedOrUnevenlyIndentedCode_IsNotFound()
    {
        var block = FencedBlock.Read("a", ["text", "```csharp", "var a = 1;", "", "    a++;", "```"]).Single();
        Assert.Equal(("a:2", "csharp"), (block.Place, block.Language));
        Assert.True(block.IsIn(["{", "    var a = 1;", "", "        a++;", "}"]));
        Assert.False(block.IsIn(["    var a = 1;", "", "    a++;"]));
        Assert.False(block.IsIn(["var a = 2;", "", "    a++;"]));
        Assert.False(block.IsIn(["var a = 1;", ""]));
    }

    [Fact]
    public void Links_OfTheDocuments_LeadToFiles()
    {
        var broken =
            from document in FencedBlock.Documents.Append(Path.Combine(RepositoryFolder.Path, "CHANGELOG.md"))
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetFileName(document)}: {link.Groups["target"].Value}";
        Assert.Empty(broken);
    }

    /// <summary>.ci/run takes the first line of the README that is a test command; there must be just the one.</summary>
    [Fact]
    public void TestCommand_OfTheReadme_IsTheOneThatCiRuns()
    {
        var commands = File.ReadLines(Path.Combine(RepositoryFolder.Path, "README.md"))
            .Where(line => line.StartsWith("dotnet test", StringComparison.Ordinal));
        Assert.Equal(["dotnet test -c Release"], commands);
        Assert.Contains("grep -m 1 -x 'dotnet test .*' README.md",
            File.ReadAllText(Path.Combine(RepositoryFolder.Path, ".ci", "run")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
