using LieConv.Training.Preparation;

namespace LieConv.Tests.Training.Preparation;

public sealed class HeldOutValidationTests
{
    private static readonly SplitFractions Tenth = new(0.9, 0.1, 0);

    [Fact]
    public void Take_TwoParts_HoldsBackTheSameShareOfEachClassOfTraining()
    {
        // 40 training sets of class 0, 20 of class 1, 30 test sets.
        string[] column = [.. Enumerable.Repeat("train", 60), .. Enumerable.Repeat("test", 30)];
        var strata = SetStrata.FromClasses([.. Enumerable.Range(0, 90).Select(set => set is >= 40 and < 60 ? 1 : 0)], ["a", "b"]);
        var split = HeldOutValidation.Take(ColumnSplit.Create("part", column), strata, null, Tenth, 3);
        Assert.Equal((54, 6, 30),
            (split.CountOf(SplitPart.Training), split.CountOf(SplitPart.Validation), split.CountOf(SplitPart.Test)));
        Assert.Equal([4, 2], split.SetsOf(SplitPart.Validation).CountBy(set => strata.Of[set]).OrderBy(k => k.Key).Select(k => k.Value));
        Assert.All(split.SetsOf(SplitPart.Test), set => Assert.InRange(set, 60, 89));
        Assert.Equal("by the column part, 10 % of training held back for validation, seed 3", split.Method);
        Assert.Equal(split.Parts, HeldOutValidation.Take(ColumnSplit.Create("part", column), strata, null, Tenth, 3).Parts);
        Assert.NotEqual(split.Parts, HeldOutValidation.Take(ColumnSplit.Create("part", column), strata, null, Tenth, 4).Parts);
    }

    [Fact]
    public void Take_ShareOfTest_CountsOnlyTrainingAndValidation()
    {
        // 0.6 and 0.2 of all are three quarters and one quarter of what is not tested on.
        var split = ColumnSplit.Create("part", [.. Enumerable.Repeat("train", 40), .. Enumerable.Repeat("test", 5)]);
        Assert.Equal(10, HeldOutValidation.Take(
            split, SetStrata.None(45), null, new SplitFractions(0.6, 0.2, 0.2), 0).CountOf(SplitPart.Validation));
    }

    [Fact]
    public void Take_ValidationNamedOrNotWanted_IsLeftAsItIs()
    {
        var named = ColumnSplit.Create("part", ["train", "train", "val", "test"]);
        Assert.Same(named, HeldOutValidation.Take(named, SetStrata.None(4), null, Tenth, 0));
        var two = ColumnSplit.Create("part", ["train", "train", "test"]);
        Assert.Same(two, HeldOutValidation.Take(two, SetStrata.None(3), null, new SplitFractions(1, 0, 0), 0));
    }

    [Fact]
    public void Take_ClassOfOneSet_StaysInTraining()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var split = HeldOutValidation.Take(
                ColumnSplit.Create("part", ["train", "train", "train", "test"]),
                SetStrata.FromClasses([0, 0, 1, 0], ["a", "b"]), null, new SplitFractions(0.5, 0.5, 0), seed);
            Assert.Equal((SplitPart.Training, 1), (split.Parts[2], split.CountOf(SplitPart.Validation)));
        }
    }

    [Fact]
    public void Take_Groups_StayWhole()
    {
        string[] groups = ["p", "p", "q", "q", "r", "r", "s", "s"];
        var split = HeldOutValidation.Take(
            ColumnSplit.Create("part", ["train", "train", "train", "train", "train", "train", "test", "test"]),
            SetStrata.None(8), groups, new SplitFractions(0.67, 0.33, 0), 0);
        Assert.Equal(2, split.CountOf(SplitPart.Validation));
        Assert.Single(split.SetsOf(SplitPart.Validation).Select(set => groups[set]).Distinct());
    }

    [Fact]
    public void Take_TooFewSets_IsSaid() => Assert.Equal(
        ["There are too few training sets to hold some back for validation."],
        HeldOutValidation.Take(ColumnSplit.Create("part", ["train", "test"]), SetStrata.None(2), null, Tenth, 0).Notes);
}
