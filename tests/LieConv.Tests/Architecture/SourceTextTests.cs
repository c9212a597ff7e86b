using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Architecture;

/// <summary>Rules that only the source text shows.</summary>
public sealed partial class SourceTextTests
{
    private const int MaxLines = 500;
    private static readonly string[] Folders = ["src", "build", "tests", "bench", "samples"];

    [Fact]
    public void SourceFiles_Length_IsAtMost500Lines() =>
        Assert.DoesNotContain(Sources(Folders), file => File.ReadLines(file).Count() > MaxLines);

    [Fact]
    public void SourceFiles_OfTheProduct_HoldOnePublicTypeEach() =>
        Assert.DoesNotContain(Sources(["src"]), file => PublicTypes(File.ReadAllText(file)) > 1);

    [Fact]
    public void SourceFiles_Text_HasNoRegionsAndNoNotesToSelf() =>
        Assert.DoesNotContain(Sources(["src", "build", "bench", "samples"]), file => Unwanted().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void SourceFiles_Names_SayWhatIsInside() =>
        Assert.DoesNotContain(Sources(Folders), file => Path.GetFileName(file) is "Utils.cs" or "Helpers.cs" or "Common.cs");

    [Theory]
    [InlineData("namespace A;\npublic sealed class B\n{\n    public enum C { }\n}\n", 1)]
    [InlineData("namespace A;\npublic sealed record B(int C);\npublic readonly record struct D(int E);\n", 2)]
    [InlineData("namespace A;\ninternal sealed class B;\npublic static partial class C;\n", 1)]
    public void PublicTypes_Text_AreCounted(string text, int expected) => Assert.Equal(expected, PublicTypes(text));

    private static IEnumerable<string> Sources(IEnumerable<string> folders) =>
        folders.SelectMany(folder => RepositoryFolder.Files(folder, ".cs"));

    // With file-scoped namespaces a type of the top level begins its line; Foo and Foo<T> may share a file.
    private static int PublicTypes(string text) =>
        TypeDeclaration().Matches(text).Select(match => match.Groups["name"].Value).Distinct().Count();

    [GeneratedRegex(@"^public (?:(?:abstract|sealed|static|readonly|ref|partial|unsafe) )*(?:class|struct|enum|interface|delegate \S+|record(?: class| struct)?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"#region|//\s*(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unwanted();
}
