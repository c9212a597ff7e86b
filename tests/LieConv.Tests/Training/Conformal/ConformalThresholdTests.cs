using LieConv.Randomness;
using LieConv.Training.Conformal;

namespace LieConv.Tests.Training.Conformal;

public sealed class ConformalThresholdTests
{
    /// <summary>ceil(10 · 0.9) = 9 of 9 scores is the largest; ceil(10 · 0.75) = 8 the eighth.</summary>
    [Theory]
    [InlineData(0.9, 9)]
    [InlineData(0.75, 8)]
    [InlineData(0.5, 5)]
    [InlineData(0.01, 1)]
    public void Calibrate_NineScores_AreThoseOfTheRank(double level, double expected) =>
        Assert.Equal(expected, ConformalThreshold.Calibrate([9, 3, 1, 2, 8, 7, 6, 5, 4], level).Threshold);

    /// <summary>level · (n + 1) is whole on paper and a little more in binary: ceil(100 · 0.07) = 7.</summary>
    [Fact]
    public void Calibrate_WholeRank_IsNotRoundedUp() => Assert.Equal(
        7, ConformalThreshold.Calibrate([.. Enumerable.Range(1, 99).Select(i => (double)i)], 0.07).Threshold);

    [Fact]
    public void Calibrate_TooFewSets_ReachesNoLevelAndSaysSo()
    {
        var threshold = ConformalThreshold.Calibrate([1, 2, 3, 4, 5, 6, 7, 8], 0.9);
        Assert.Equal((false, 9), (threshold.IsReached, threshold.LeastSets));
        Assert.StartsWith("A coverage of 0.9 cannot be promised from 8 validation sets (it takes 9", threshold.Remark,
            StringComparison.Ordinal);
        Assert.Null(ConformalThreshold.Calibrate([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9).Remark);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), ConformalIntervals.IntervalOf(threshold, 3));
        Assert.Equal([1, 0], ConformalClasses.SetOf(threshold, [Math.Log(0.1), Math.Log(0.9)]));
    }

    /// <summary>By hand (HCP): sets of 1, 2 and 4 points; each weighs 1 of 4, its points 1, 1/2 and 1/4 of that. At level
    /// 0.5 the weights of the least scores must reach 0.5 · 4 = 2: 1/4 + 1/4 + 1/2 + 1 = 2 at the score 4; at 0.65 they must
    /// reach 2.6, and have 2.25 at 5 and 2.75 at 6. All together have 3, less than the 3.2 for 0.8.</summary>
    [Fact]
    public void Calibrate_SetsOfPoints_WeighsSetsAlike()
    {
        double[] scores = [4, /* second set */ 3, 6, /* third set */ 1, 2, 5, 7];
        int[] sizes = [1, 2, 4];
        Assert.Equal(4, ConformalThreshold.Calibrate(scores, sizes, 0.5).Threshold);
        Assert.Equal(6, ConformalThreshold.Calibrate(scores, sizes, 0.65).Threshold);
        Assert.False(ConformalThreshold.Calibrate(scores, sizes, 0.8).IsReached);
        Assert.Equal(3, ConformalThreshold.Calibrate(scores, sizes, 0.8).Sets);
    }

    [Fact]
    public void Calibrate_OnePointASet_IsTheCalibrationOfSets()
    {
        var numbers = new SplitMix64(3);
        double[] scores = [.. Enumerable.Range(0, 50).Select(_ => numbers.NextUnit())];
        foreach (var level in new[] { 0.5, 0.8, 0.9, 0.95, 0.99 })
            Assert.Equal(ConformalThreshold.Calibrate(scores, level).Threshold,
                ConformalThreshold.Calibrate(scores, [.. scores.Select(_ => 1)], level).Threshold);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(double.NaN)]
    public void Calibrate_NoLevel_IsRefused(double level) => Assert.Contains(
        "expected a number between 0 and 1, such as 0.9",
        Assert.Throws<ArgumentException>(() => ConformalThreshold.Calibrate([1], level)).Message, StringComparison.Ordinal);

    [Fact, Trait("Category", "Faults")]
    public void Calibrate_SizesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ConformalThreshold.Calibrate([1, 2], [1], 0.9));
        Assert.Throws<ArgumentException>(() => ConformalThreshold.Calibrate([1, 2], [2, 1], 0.9));
        Assert.Throws<ArgumentException>(() => ConformalThreshold.Calibrate([1, 2], [2, 0], 0.9));
    }

    [Fact]
    public void Calibrate_NotANumber_CountsAsInfinite() =>
        Assert.Equal(3, ConformalThreshold.Calibrate([double.NaN, 1, 2, 3], 0.6).Threshold);
}
