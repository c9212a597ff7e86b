using LieConv.Groups;
using LieConv.Tests.Support;
using LieConv.Training.Description;

namespace LieConv.Tests.Training.Description;

/// <summary>--generators FILE: what the file holds goes into the configuration.</summary>
[Collection("Serial")]
public sealed class GroupFileTests
{
    private const string Turn = """{"name":"Turn","dimensions":2,"generators":[[[0,-1],[1,0]]]}""";

    [Fact]
    public void Setting_File_SetsTheNameAndWhatItHolds()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("turn.json"), """{ "name": "Turn", "generators": [ [ [0, -1], [1, 0] ] ] }""");
        Assert.Equal(
            [new("group", "Turn"), new("generators", Turn)], GroupFile.Setting.Sets!(folder.File("turn.json")));
        Assert.Equal("Turn", GroupFile.Create(2, "Turn", Turn).ToString());
        Assert.Equal(("Turn:0.05", 0.05), (GroupFile.Create(2, "Turn:0.05", Turn).ToString(), GroupFile.Create(2, "Turn:0.05", Turn).Alpha));
        Assert.IsType<SE2>(GroupFile.Create(2, "SE2", ""));
        Assert.IsType<Translation>(GroupFile.Create(3, "T", ""));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1]]]}""", "'{file}': generators[0][1] has 1 numbers; expected 2.")]
    [InlineData("{", "'{file}': it is damaged or incomplete JSON (line 1).")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [0, 0]], [[0, 0], [1, 0]]]}""",
        "'{file}': The generators of A do not form a Lie algebra: the bracket of generators 0 and 1 is no combination of them.")]
    // Turns by irrational ratios never close: of the stabilizer of the origin nothing can be drawn, nor is e_1 carried round.
    [InlineData("""{"name": "Half", "generators": [[[1]]]}""", "'{file}': Half does not carry its origin (1) to the point (-")]
    public void Read_WrongFile_IsOneSentenceThatNamesIt(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("group.json");
        File.WriteAllText(file, content);
        var failure = Assert.Throws<InvalidDataException>(() => GroupFile.Read(file));
        Assert.StartsWith(expected.Replace("{file}", file, StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    /// <summary>SL(2) has elements that are no exponentials: without a remedy in code its logarithm fails, which the laws
    /// find.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Read_GroupThatBreaksALaw_NamesTheLaw()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("sl2.json");
        File.WriteAllText(file, """{"name": "SL2", "generators": [[[1, 0], [0, -1]], [[0, 1], [0, 0]], [[0, 0], [1, 0]]]}""");
        var failure = Assert.Throws<InvalidDataException>(() => GroupFile.Read(file));
        Assert.StartsWith($"'{file}': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Read_NoFile_SaysSo() =>
        Assert.Contains("/no/such.json", Assert.Throws<InvalidDataException>(() => GroupFile.Read("/no/such.json")).Message, StringComparison.Ordinal);

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(3, "Turn", Turn, "Turn acts on 2-dimensional points, but these have 3; expected generators of 3 or 4 rows.")]
    [InlineData(2, "SE2", Turn, "group is 'SE2', but generators are those of Turn; expected Turn, with an optional")]
    [InlineData(2, "Turn:2", Turn, "group is 'Turn:2', but generators are those of Turn")]
    [InlineData(2, "Turn", "{}", "generators: the key 'name' is missing.")]
    public void Create_WhatDoesNotFit_IsOneSentence(int dimensions, string group, string generators, string expected) =>
        Assert.StartsWith(
            expected, Assert.Throws<ArgumentException>(() => GroupFile.Create(dimensions, group, generators)).Message,
            StringComparison.Ordinal);
}
