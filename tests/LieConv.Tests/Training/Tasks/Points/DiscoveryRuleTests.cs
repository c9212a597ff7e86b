using LieConv.Training.Tasks.Points;

namespace LieConv.Tests.Training.Tasks.Points;

public sealed class DiscoveryRuleTests
{
    private static readonly double[] Constant = Wrong(300);

    [Fact]
    public void Compare_PairedDifferences_GivesMeanAndStandardError()
    {
        // Differences 1, 0, 0, 1: mean 1/2, variance 1/3, standard error sqrt(1/12).
        var (mean, noise) = DiscoveryRule.Compare([1, 1, 0, 1], [0, 1, 0, 0]);
        Assert.Equal(0.5, mean, 12);
        Assert.Equal(Math.Sqrt(1.0 / 12), noise, 12);
    }

    [Fact]
    public void Compare_DifferentCounts_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DiscoveryRule.Compare([1, 0], [1, 0, 0]));

    /// <summary>What a seed more than the other differs by is noise, too: two means 0.1 and 0.3 have a mean of variance
    /// 0.02 / 2.</summary>
    [Fact]
    public void Chance_TwoSeeds_IsTheVarianceOfTheirMean()
    {
        Assert.Equal(0.01, DiscoveryRun.Chance([[0, 0.2], [0.2, 0.4]]), 12);
        Assert.Equal(0, DiscoveryRun.Chance([[0, 0.2]]));
        var one = new DiscoveryCandidate("a", 0, [1, 1], [1, 1]) { Chance = 0.01 };
        var other = new DiscoveryCandidate("b", 0, [1, 1], [0, 0]) { Chance = 0.03 };
        Assert.Equal(0.2, DiscoveryRule.Compare(one, other).Noise, 12);
    }

    // A row a group: name:wrong after few sets/wrong after all/wrong of the network without a symmetry on moved sets, of 400.
    [Theory]
    // Rotations cost nothing, what is larger costs much: rotations.
    [InlineData("Trivial2:80/48 T2:150/120/200 SO2:30/12/50 SE2:160/112/260 Rx:170/160/200 RxSO2:180/180/220", "Named", "SO2")]
    // Scaled sets betray their size: the loss is within noise on many sets, not on few, and their answers do not stay.
    [InlineData("Trivial2:23/9 SO2:3/1/11 Rx:42/23/110 RxSO2:15/6/108", "Named", "SO2")]
    // The same where the larger group costs nothing at all: still nothing speaks for it.
    [InlineData("Trivial2:23/9 SO2:3/1/11 Rx:23/9/110 RxSO2:3/1/108", "Named", "SO2")]
    // But it is taken where it is better than all that it holds, although the data hold no scaled sets.
    [InlineData("Trivial2:40/12 SO2:23/9/14 Rx:22/10/110 RxSO2:3/1/108", "Named", "RxSO2")]
    // Translations along one axis cost nothing either, but there is a larger group.
    [InlineData("Trivial2:46/10 Tx:9/2/11 Ty:25/4/13 T2:2/1/10 SO2:196/216/218 SE2:218/212/188", "Named", "T2")]
    // A true symmetry whose network is a little worse, where moved sets keep their answers: 4 % against 2 %.
    [InlineData("Trivial2:46/16 Tx:9/8/18 T2:20/16/17 SO2:196/216/218", "Named", "T2")]
    // Every group costs error.
    [InlineData("Trivial2:16/16 Tx:80/80/200 T2:120/120/230 SO2:160/160/200 SE2:200/200/240 Rx:60/60/90", "Named", "Trivial2")]
    // Of equally large groups that with the smaller error.
    [InlineData("Trivial2:40/36 Tx:30/20/37 Ty:28/16/37 SO2:200/200/200", "Named", "Ty")]
    // A poor network without a symmetry does not make a wrong group the right one, and is not asked about moved sets.
    [InlineData("Trivial2:200/160 SO2:40/20/200 SE2:180/152/180", "Named", "SO2")]
    // Nothing was learnt.
    [InlineData("Trivial2:298/296 SO2:290/290/296 SE2:300/300/296", "NothingLearnt", null)]
    // All are as good, and nothing that the groups do changes an answer: the target has nothing to do with places.
    [InlineData("Trivial2:4/4 T2:4/4/4 SO2:5/4/5 SE2:4/4/4", "NotToldApart", null)]
    // All are as good, but no moved sets are known.
    [InlineData("Trivial2:4/4 SO2:4/4/200 Rx:5/4/150", "NotSeenMoved", null)]
    public void Choose_ErrorsOfGroups_NamesTheLargestThatCostsNothing(string errors, string outcome, string? expected)
    {
        var candidates = Candidates(errors, 1);
        var choice = DiscoveryRule.Choose(candidates, Constant);
        Assert.Equal(outcome, choice.Outcome.ToString());
        if (choice.Outcome == DiscoveryOutcome.Named) Assert.Equal(expected, candidates[choice.Place!.Value].Group);
    }

    /// <summary>On 20 sets a loss of a tenth would not be seen, and none is shown to be absent.</summary>
    [Fact]
    public void Choose_FewSets_DoesNotTellApart()
    {
        const string Errors = "Trivial2:40/20 SO2:40/40/20 T2:300/300/300";
        var few = DiscoveryRule.Choose(Candidates(Errors, 20), Wrong(300).Where((_, i) => i % 20 == 0).ToArray());
        Assert.Equal(DiscoveryOutcome.TooFew, few.Outcome);
        Assert.Equal([1], few.Rivals);
        Assert.Equal(DiscoveryVerdict.Unclear, few.Verdicts[1]);
        var many = DiscoveryRule.Choose(Candidates(Errors, 1), Constant);
        Assert.Equal((DiscoveryOutcome.Named, 0, DiscoveryVerdict.Costs), (many.Outcome, many.Place!.Value, many.Verdicts[1]));
    }

    [Fact]
    public void Choose_BestStillLearning_DoesNotTell()
    {
        const string Errors = "Trivial2:180/148 SO2:130/92/50 T2:180/160/200";
        var candidates = Candidates(Errors, 1);
        candidates[1] = candidates[1] with { IsUnsettled = true };
        Assert.Equal(DiscoveryOutcome.TooShort, DiscoveryRule.Choose(candidates, Constant).Outcome);
        // A worse one that is still learning does not keep the best from being named.
        candidates = Candidates(Errors, 1);
        candidates[2] = candidates[2] with { IsUnsettled = true };
        Assert.Equal(DiscoveryOutcome.Named, DiscoveryRule.Choose(candidates, Constant).Outcome);
        // Nor does the best itself where it has next to nothing left to learn.
        candidates = Candidates("Trivial2:80/48 SO2:30/12/50 T2:180/160/200", 1);
        candidates[1] = candidates[1] with { IsUnsettled = true };
        Assert.Equal(DiscoveryOutcome.Named, DiscoveryRule.Choose(candidates, Constant).Outcome);
    }

    [Fact]
    public void Contenders_ErrorsOfGroups_AreThoseNearTheBest() => Assert.Equal(
        [0, 2, 3], DiscoveryRule.Contenders(Candidates("Trivial2:80/48 T2:150/160/1 SO2:30/12/1 RxSO2:60/60/1", 1), Constant));

    private static DiscoveryCandidate[] Candidates(string errors, int every) =>
    [
        .. errors.Split(' ').Select(text => text.Split(':', '/')).Select(cells =>
        {
            double[] Errors(int cell) => [.. Wrong(int.Parse(cells[cell], null)).Where((_, i) => i % every == 0)];
            return new DiscoveryCandidate(cells[0], DimensionOf(cells[0]), Errors(1), Errors(2))
            {
                Moved = cells.Length > 3 ? Errors(3) : [], Subgroups = SubgroupsOf(cells[0]),
            };
        }),
    ];

    /// <summary>Four hundred sets, of which so many are wrong, other ones for each number.</summary>
    private static double[] Wrong(int count) =>
        [.. Enumerable.Range(0, 400).Select(i => (i * 141 + 7 * count) % 400 < count ? 1.0 : 0)];

    private static int DimensionOf(string group) => group switch
    {
        "Trivial2" => 0,
        "T2" or "RxSO2" => 2,
        "SE2" => 3,
        _ => 1,
    };

    private static string[] SubgroupsOf(string group) => group switch
    {
        "Trivial2" => [],
        "T2" => ["Trivial2", "Tx", "Ty"],
        "RxSO2" => ["Trivial2", "Rx", "SO2"],
        "SE2" => ["Trivial2", "Tx", "Ty", "T2", "SO2"],
        _ => ["Trivial2"],
    };
}
