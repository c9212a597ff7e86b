using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Training.Tasks.Points;

namespace LieConv.Tests.Training.Tasks.Points;

public sealed class DiscoveryEvidenceTests
{
    /// <summary>Which groups hold which, as their definitions say: rows hold columns.</summary>
    [Theory]
    [InlineData("Trivial2", "Trivial2")]
    [InlineData("Tx", "Trivial2 Tx")]
    [InlineData("T2", "Trivial2 Tx Ty T2")]
    [InlineData("SO2", "Trivial2 SO2")]
    [InlineData("SE2", "Trivial2 Tx Ty T2 SO2 SE2")]
    [InlineData("Rx", "Trivial2 Rx")]
    [InlineData("RxSO2", "Trivial2 SO2 Rx RxSO2")]
    public void Holds_GroupsOfThePlane_FollowsTheirDefinitions(string larger, string expected)
    {
        var group = LieGroups.ParseOn(2, larger);
        Assert.Equal(
            expected.Split(' '),
            LieGroups.Candidates(2).Where(other => GroupInclusion.Holds(group, other)).Select(other => other.ToString()));
    }

    [Theory]
    [InlineData("SE3", "SE3[2,3,4,5]", true)]
    [InlineData("SE3[2,3,4,5]", "SO3[2]", true)]
    [InlineData("SE3[2,3,4,5]", "SO3", false)]
    [InlineData("RxSO3", "SO3[2]", true)]
    [InlineData("SO3", "RxSO3", false)]
    public void Holds_GroupsOfSpace_FollowsTheirDefinitions(string larger, string smaller, bool expected) =>
        Assert.Equal(expected, GroupInclusion.Holds(LieGroups.ParseOn(3, larger), LieGroups.ParseOn(3, smaller)));

    /// <summary>Answers 0, 2 have a variance of 1 and are √2 apart in the mean: a change of 1 in each is 1/√2 of that.</summary>
    [Fact]
    public void Measure_NumbersThatMove_IsInUnitsOfTheirSpread()
    {
        Assert.Equal(0, AnswerChange.Measure([Answers(0, 2)], [Answers(0, 2)], [1.0])!.Value, 12);
        Assert.Equal(Math.Sqrt(0.5), AnswerChange.Measure([Answers(0, 2)], [Answers(1, 3)], [1.0])!.Value, 12);
        // Sets that have each other's answers.
        Assert.Equal(Math.Sqrt(2), AnswerChange.Measure([Answers(0, 2)], [Answers(2, 0)], [1.0])!.Value, 12);
        Assert.Null(AnswerChange.Measure([Answers(1, 1)], [Answers(0, 2)], [1.0]));
    }

    /// <summary>A loss that stands since the first fifth no longer falls in the middle; one that falls steadily falls by a
    /// quarter from the middle of a fifth to that of the next, of all four.</summary>
    [Fact]
    public void Fall_Losses_TellsAnEndFromABeginning()
    {
        Assert.Equal(0, Losses(i => i < 20 ? 2 - 0.1 * i : 0.01).Fall(), 2);
        Assert.InRange(Losses(i => 2 - 0.01 * i).Fall(), 0.2, 0.26);
        Assert.InRange(Losses(i => i < 60 ? 2 : 0.5).Fall(), 0.99, 1);
        // Nothing was learnt, and there is nothing more to come.
        Assert.Equal(0, Losses(i => 1.3 + 0.05 * (i % 3)).Fall());
        Assert.Equal(1, new TrialLosses().Fall());
    }

    private static TrialLosses Losses(Func<int, double> loss)
    {
        var losses = new TrialLosses();
        for (var i = 0; i < 100; i++) losses.Add(loss(i));
        return losses;
    }

    private static TargetAnswers Answers(params double[] numbers)
    {
        var answers = new TargetAnswers(new PointTarget("y", PointTargetKind.Number, false, []));
        foreach (var number in numbers) answers.Add([number], [0]);
        return answers;
    }
}
