using LieConv.Tests.Support;
using LieConv.Training.Preparation;

namespace LieConv.Tests.Training.Preparation;

public sealed class ColumnSplitTests
{
    [Theory]
    [InlineData("train", SplitPart.Training)]
    [InlineData(" Training ", SplitPart.Training)]
    [InlineData("VAL", SplitPart.Validation)]
    [InlineData("valid", SplitPart.Validation)]
    [InlineData("validation", SplitPart.Validation)]
    [InlineData("dev", SplitPart.Validation)]
    [InlineData("test", SplitPart.Test)]
    [InlineData("holdout", SplitPart.Test)]
    [InlineData("tset", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Find_UsualSpellings_AreUnderstood(string? text, SplitPart? expected) =>
        Assert.Equal(expected, ColumnSplit.Find(text));

    [Fact]
    public void Create_Column_PartsAndNotesWhatIsNotLearnt()
    {
        var split = ColumnSplit.Create(
            "part", ["train", "val", "test", "train"], null, SetStrata.FromClasses([0, 0, 1, 0], ["disc", "ring"]));
        Assert.Equal([0, 3], split.SetsOf(SplitPart.Training));
        Assert.Equal("2 training, 1 validation and 1 test sets (by the column part)", split.Description);
        Assert.Equal(["The class 'ring' is in no training set and cannot be learnt."], split.Notes);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("trian", "set 2: part is 'trian'; expected train, validation or test.")]
    [InlineData(" ", "set 2: part is empty; expected train, validation or test.")]
    [InlineData(null, "set 2: part is empty; expected train, validation or test.")]
    public void Create_UnknownPart_IsNamed(string? value, string expected) => Assert.Equal(expected,
        Assert.Throws<InvalidDataException>(() => ColumnSplit.Create("part", ["train", value])).Message);

    [Fact, Trait("Category", "Faults")]
    public void Create_NothingToLearnFrom_IsRefused() => Assert.Equal(
        "The column part names no set for training; expected train for some.",
        Assert.Throws<InvalidDataException>(() => ColumnSplit.Create("part", ["val", "test"])).Message);

    [Fact, Trait("Category", "Faults")]
    public void Create_TornGroup_IsNamed() => Assert.Equal(
        "set 3: the column part tears the group 'x' apart: test here, training at set 1; expected one part for a group.",
        Assert.Throws<InvalidDataException>(() => ColumnSplit.Create(
            "part", ["train", "val", "test"], groups: ["x", "y", "x"])).Message);

    [Fact]
    public void File_WrittenAndRead_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(SplitFile.Name);
        string[] ids = ["a,\"b\"", "1", "ä\n", "2"];
        var split = ColumnSplit.Create("part", ["train", "val", "test", "train"]);
        SplitFile.Write(path, split, ids);
        var read = SplitFile.Read(path, ids);
        Assert.Equal((split.Method, string.Join(' ', split.Parts)), (read.Method, string.Join(' ', read.Parts)));
        // By name: the order of the data does not matter.
        Assert.Equal(SplitPart.Test, SplitFile.Read(path, ["ä\n", "2", "1", "a,\"b\""]).Parts[0]);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("""{ "method": "", "training": ["a"], "validation": [], "test": ["c"] }""", "names the set 'c', which the data do not have")]
    [InlineData("""{ "method": "", "training": ["a"], "validation": ["a"], "test": [] }""", "names the set 'a' twice")]
    [InlineData("""{ "method": "", "training": ["a"], "validation": [], "test": [] }""", "lacks the set 'b', which the data have")]
    [InlineData("""{ "method": "", "training": ["a"], "validation": [] }""", "the key 'test' is missing")]
    [InlineData("null", "holds null")]
    [InlineData("", "it is empty")]
    public void File_OfOtherData_IsOneSentence(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(SplitFile.Name);
        File.WriteAllText(path, text);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SplitFile.Read(path, ["a", "b"])).Message,
            StringComparison.Ordinal);
    }
}
