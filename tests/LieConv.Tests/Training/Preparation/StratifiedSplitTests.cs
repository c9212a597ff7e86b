using LieConv.Training.Preparation;

namespace LieConv.Tests.Training.Preparation;

public sealed class StratifiedSplitTests
{
    private static readonly string[] Letters = ["a", "b", "c"];

    [Fact]
    public void Create_Fractions_GivesTheSharesOfTheWholeAndOfEachClass()
    {
        int[] classes = [.. Enumerable.Range(0, 1000).Select(i => i < 600 ? 0 : i < 900 ? 1 : 2)];
        var split = StratifiedSplit.Create(SetStrata.FromClasses(classes, Letters), SplitFractions.Usual, 0);
        Assert.Equal((700, 150, 150), Counts(split));
        foreach (var (k, size) in new[] { (0, 600), (1, 300), (2, 100) })
            Assert.Equal(0.7 * size, split.SetsOf(SplitPart.Training).Count(set => classes[set] == k), 9);
        Assert.Equal("700 training, 150 validation and 150 test sets (70, 15 and 15 %, seed 0, stratified)", split.Description);
    }

    /// <summary>Quotas of 2.1, 0.45 and 0.45 of three: rounding each class by itself would give every third set to
    /// validation and none to test.</summary>
    [Fact]
    public void Create_ManySmallClasses_KeepsTheSizesAndTheQuotas()
    {
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i / 3)];
        string[] names = [.. Enumerable.Range(0, 100).Select(k => $"{k}")];
        var split = StratifiedSplit.Create(SetStrata.FromClasses(classes, names), SplitFractions.Usual, 4);
        Assert.Equal((210, 45, 45), Counts(split));
        var counts = classes.Zip(split.Parts).CountBy(pair => pair).ToDictionary();
        for (var k = 0; k < 100; k++)
        {
            Assert.InRange(counts.GetValueOrDefault((k, SplitPart.Training)), 2, 3);
            Assert.InRange(counts.GetValueOrDefault((k, SplitPart.Validation)), 0, 1);
            Assert.InRange(counts.GetValueOrDefault((k, SplitPart.Test)), 0, 1);
        }
    }

    /// <summary>Random classes and fractions: whole sizes are largest remainders, and each quota is rounded down or up.
    /// </summary>
    [Fact]
    public void Create_RandomStrata_RoundsEveryQuotaAndTheWhole()
    {
        var random = new LieConv.Randomness.SplitMix64(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var (count, kinds) = (20 + (int)(random.NextUnit() * 200), 1 + (int)(random.NextUnit() * 6));
            int[] of = [.. Enumerable.Range(0, count).Select(_ => (int)(random.NextUnit() * kinds))];
            var validation = 0.1 + 0.2 * random.NextUnit();
            var fractions = new SplitFractions(1 - 2 * validation, validation, validation);
            var strata = new SetStrata(of, [.. Enumerable.Range(0, kinds).Select(k => $"{k}")], false);
            var split = StratifiedSplit.Create(strata, fractions, trial);
            foreach (var part in Enum.GetValues<SplitPart>())
            {
                Assert.InRange(split.CountOf(part) - fractions[part] * count, -1.0, 1.0);
                for (var k = 0; k < kinds; k++)
                    Assert.InRange(
                        split.SetsOf(part).Count(set => of[set] == k) - fractions[part] * of.Count(other => other == k),
                        -1.0, 1.0);
            }
        }
    }

    [Fact]
    public void Create_ClassOfTwo_IsInTraining()
    {
        int[] classes = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
        for (var seed = 0; seed < 20; seed++)
        {
            var split = StratifiedSplit.Create(
                SetStrata.FromClasses(classes, Letters), new SplitFractions(0.2, 0.4, 0.4), seed);
            Assert.Contains(split.SetsOf(SplitPart.Training), set => classes[set] == 1);
            Assert.Equal((2, 4, 4), Counts(split));
        }
    }

    [Fact, Trait("Category", "Faults")]
    public void Create_ClassOfOne_IsRefusedByName() => Assert.Equal(
        "The class 'b' has one set only (shapes.csv, line 7); expected at least two, one to learn from and one to test on.",
        Assert.Throws<ArgumentException>(() => StratifiedSplit.Create(
            SetStrata.FromClasses([0, 0, 1, 0], Letters), SplitFractions.Usual, 0,
            set => $"shapes.csv, line {2 * set + 3}")).Message);

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(5, 3, 1, 1)]
    [InlineData(10, 7, 2, 1)]
    public void Create_FewSets_GivesEachPartOne(int count, int training, int validation, int test) => Assert.Equal(
        (training, validation, test), Counts(StratifiedSplit.Create(SetStrata.None(count), SplitFractions.Usual, 7)));

    [Fact]
    public void Create_PartsWithoutShare_StayEmpty() => Assert.Equal(
        (8, 2, 0), Counts(StratifiedSplit.Create(SetStrata.None(10), new SplitFractions(0.8, 0.2, 0), 0)));

    /// <summary>What a seed gives is part of a run's meaning and never changes, on any platform: the parts that a Python program
    /// of the same steps gave.</summary>
    [Fact]
    public void Create_Seed_NamesTheSameSplitForEver()
    {
        static string Text(long seed) => string.Concat(StratifiedSplit.Create(
            SetStrata.FromClasses([.. Enumerable.Range(0, 24).Select(i => i % 3)], Letters), SplitFractions.Usual, seed)
            .Parts.Select(part => (int)part));
        Assert.Equal(Text(0), Text(0));
        Assert.NotEqual(Text(0), Text(1));
        Assert.Equal("010200001000000020002101", Text(0));
    }

    [Fact]
    public void FromNumbers_Quantiles_SpreadEachPartOverTheRange()
    {
        double[] numbers = [.. Enumerable.Range(0, 100).Select(i => Math.Exp(0.1 * ((37 * i) % 100)))];
        var strata = SetStrata.FromNumbers(numbers);
        Assert.Equal(10, strata.Names.Count);
        Assert.All(strata.Of.CountBy(b => b), bin => Assert.Equal(10, bin.Value));
        Assert.Equal(9, strata.Of[Array.IndexOf(numbers, numbers.Max())]);
        var split = StratifiedSplit.Create(strata, new SplitFractions(0.8, 0.1, 0.1), 3);
        Assert.Equal(Enumerable.Range(0, 10), split.SetsOf(SplitPart.Test).Select(set => strata.Of[set]).Order());
        Assert.Single(SetStrata.FromNumbers([3, 1, 2]).Names);
    }

    [Fact]
    public void FromPoints_Classes_AreThoseOfMostPoints() => Assert.Equal(
        [1, 0], SetStrata.FromPoints([1, 1, 0, 2, 0], [3, 2], Letters).Of);

    [Fact, Trait("Category", "Faults")]
    public void Create_WrongFractionsOrTooFewSets_IsOneSentence()
    {
        Assert.StartsWith("The fractions for training, validation and test are 0.8, 0.2 and 0.2; expected",
            Message(10, new SplitFractions(0.8, 0.2, 0.2)), StringComparison.Ordinal);
        Assert.NotEmpty(new SplitFractions(double.NaN, 0.5, 0.5).Validate());
        Assert.NotEmpty(new SplitFractions(0, 0.5, 0.5).Validate());
        Assert.StartsWith("There are 2 sets; expected at least 3", Message(2, SplitFractions.Usual), StringComparison.Ordinal);
        static string Message(int count, SplitFractions fractions) => Assert.Throws<ArgumentException>(
            () => StratifiedSplit.Create(SetStrata.None(count), fractions, 0)).Message;
    }

    private static (int, int, int) Counts(SetSplit split) =>
        (split.CountOf(SplitPart.Training), split.CountOf(SplitPart.Validation), split.CountOf(SplitPart.Test));
}
