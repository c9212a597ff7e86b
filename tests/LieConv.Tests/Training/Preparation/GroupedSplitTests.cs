using LieConv.Randomness;
using LieConv.Training.Preparation;

namespace LieConv.Tests.Training.Preparation;

public sealed class GroupedSplitTests
{
    private static readonly string[] Letters = ["a", "b", "c"];

    [Fact]
    public void Create_Groups_StayWholeNearTheFractionsAndStratified()
    {
        var numbers = new SplitMix64(2);
        List<string> groups = [];
        List<int> classes = [];
        for (var g = 0; g < 120; g++)
        {
            // Groups of 1 to 15 sets that lean towards one class.
            var (size, own) = (1 + (int)(numbers.NextUnit() * 15), g % 3);
            for (var i = 0; i < size; i++)
            {
                groups.Add($"g{g}");
                classes.Add(numbers.NextUnit() < 0.7 ? own : (int)(3 * numbers.NextUnit()));
            }
        }
        var split = GroupedSplit.Create(groups, SetStrata.FromClasses(classes, Letters), SplitFractions.Usual, 0);
        Assert.All(groups.Zip(split.Parts).GroupBy(pair => pair.First), own => Assert.Single(own.DistinctBy(pair => pair.Second)));
        foreach (var part in Enum.GetValues<SplitPart>())
        {
            Assert.InRange(split.CountOf(part) / (double)groups.Count, SplitFractions.Usual[part] - 0.02, SplitFractions.Usual[part] + 0.02);
            for (var k = 0; k < 3; k++)
                Assert.InRange(
                    split.SetsOf(part).Count(set => classes[set] == k) / (double)classes.Count(other => other == k),
                    SplitFractions.Usual[part] - 0.03, SplitFractions.Usual[part] + 0.03);
        }
        Assert.Empty(split.Notes);
        Assert.Equal(split.Parts, GroupedSplit.Create(groups, SetStrata.FromClasses(classes, Letters), SplitFractions.Usual, 0).Parts);
    }

    [Fact]
    public void Create_OneGroupAPart_GivesEachOne()
    {
        var split = GroupedSplit.Create(
            ["x", "y", "y", "z", "y"], SetStrata.None(5), SplitFractions.Usual, 0);
        Assert.All(Enum.GetValues<SplitPart>(), part => Assert.NotEqual(0, split.CountOf(part)));
        Assert.Equal([1, 2, 4], split.SetsOf(SplitPart.Training));
    }

    /// <summary>One group holds all of class b: it is learnt from.</summary>
    [Fact]
    public void Create_ClassInOneGroup_IsInTraining()
    {
        string[] groups = ["p", "p", "q", "q", "r", "r", "s", "s", "t", "u"];
        int[] classes = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
        for (var seed = 0; seed < 10; seed++)
            Assert.Equal(SplitPart.Training, GroupedSplit.Create(
                groups, SetStrata.FromClasses(classes, Letters), new SplitFractions(0.4, 0.3, 0.3), seed).Parts[8]);
    }

    [Fact, Trait("Category", "Faults")]
    public void Create_FewerGroupsThanParts_IsOneSentence() => Assert.Equal(
        "The sets are of 2 groups (x, y), which stay whole; expected at least 3, one for each part of the data.",
        Assert.Throws<ArgumentException>(() => GroupedSplit.Create(
            ["x", "y", "y"], SetStrata.None(3), SplitFractions.Usual, 0)).Message);
}
