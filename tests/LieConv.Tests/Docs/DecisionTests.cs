using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>The pages of docs/decisions: numbered without a gap, listed, each with its parts and with the command of its
/// figures; comments of src hold reasons and not times.</summary>
public sealed partial class DecisionTests
{
    private static readonly string[] Parts = ["## Context", "## Decision", "## Measured", "## Consequences"];

    private static string[] Pages { get; } =
        [.. RepositoryFolder.Files(Path.Combine("docs", "decisions"), ".md").Where(f => Path.GetFileName(f) != "README.md")];

    [Fact]
    public void Pages_Names_AreNumberedWithoutAGapAndListed()
    {
        var list = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "decisions", "README.md"));
        Assert.NotEmpty(Pages);
        Assert.All(Pages.Select((page, i) => (Name: Path.GetFileName(page), Number: $"{i + 1:000}-")), page =>
        {
            Assert.StartsWith(page.Number, page.Name, StringComparison.Ordinal);
            Assert.Contains($"]({page.Name})", list, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Pages_Text_HasItsPartsInOrderAndACommandForItsFigures() => Assert.All(Pages, page =>
    {
        var lines = File.ReadAllLines(page);
        Assert.StartsWith($"# {Path.GetFileName(page)[..3]}: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(Parts, lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.InRange(lines.Length, 30, 80);
        var measured = lines.SkipWhile(line => line != Parts[2]).TakeWhile(line => line != Parts[3]).ToArray();
        Assert.Contains("```sh", measured);
        Assert.Contains(measured, line => line.Any(char.IsDigit));
    });

    /// <summary>Times belong to a machine and a day: in src a comment gives a reason and names the page.</summary>
    [Fact]
    public void Comments_OfSource_HaveNoTimings()
    {
        var found =
            from file in RepositoryFolder.Files("src", ".cs")
            from line in File.ReadLines(file)
            where line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Timing().IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("/// term of the formula, which for SE(2) took a tenth of a training step.", true)]
    [InlineData("/// a fifth of the time of a step that differentiates twice", true)]
    [InlineData("// 3.5 ms on one core, about twice as fast", true)]
    [InlineData("// 160 GFLOP/s", true)]
    [InlineData("/// Errors are fractions and printed in percent.", false)]
    [InlineData("// forces turn within a tenth of an Angstrom", false)]
    public void Timing_Comment_IsTold(string comment, bool expected) => Assert.Equal(expected, Timing().IsMatch(comment));

    [Fact]
    public void Pages_NamedInSource_Exist()
    {
        var named = RepositoryFolder.Files("src", ".cs")
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, number => Assert.Contains(Pages, page => Path.GetFileName(page).StartsWith(number + "-", StringComparison.Ordinal)));
    }

    [GeneratedRegex(
        @"\d ?(ms|µs)\b|GFLOP|times as fast|twice as fast|half the time|(half|third|quarter|fifth|tenth|hundredths?|percent|%) of (the time|a (training )?step)|\d % (faster|slower)")]
    private static partial Regex Timing();

    [GeneratedRegex(@"docs/decisions/(\d{3})")]
    private static partial Regex Named();
}
