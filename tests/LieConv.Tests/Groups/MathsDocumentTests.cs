using System.Text.RegularExpressions;
using LieConv.Groups;

namespace LieConv.Tests.Groups;

/// <summary>docs/maths.md quotes code that is compiled and tested here, and names groups that exist.</summary>
public sealed partial class MathsDocumentTests
{
    private static readonly string Root = FindRoot();

    private static readonly string Document = File.ReadAllText(Path.Combine(Root, "docs", "maths.md"));

    [Theory]
    [InlineData("SL2"), InlineData("Sim2"), InlineData("Lorentz")]
    public void Snippets_InTheDocument_AreTheCompiledOnes(string name)
    {
        var examples = File.ReadAllText(
            Path.Combine(Root, "tests", "LieConv.Tests", "Groups", "MatrixGroupExamples.cs"));
        var body = examples.Split($"// snippet: {name}\n")[1].Split("// end snippet")[0];
        var lines = body.TrimEnd().Split('\n').Select(line => line.Length > 8 ? line[8..] : line.Trim());
        Assert.Contains(string.Join('\n', lines), Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Subgroups_InTheDocument_CanBeParsed()
    {
        var names = Subgroup().Matches(Document).Select(match => match.Value).Distinct().ToList();
        Assert.True(names.Count > 6);
        Assert.All(names, name => Assert.Equal(name, LieGroups.Parse(name).ToString()));
    }

    [GeneratedRegex(@"\b(SE2|SE3|SO3)\[[0-9,]+\]")]
    private static partial Regex Subgroup();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LieConv.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("LieConv.slnx is in no parent folder.");
    }
}
