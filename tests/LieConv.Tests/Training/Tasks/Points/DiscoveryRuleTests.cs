using LieConv.Training.Tasks.Points;

namespace LieConv.Tests.Training.Tasks.Points;

public sealed class DiscoveryRuleTests
{
    private static readonly double[] Constant = Wrong(75);

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

    [Theory]
    // Rotations cost nothing, what is larger costs much: rotations.
    [InlineData("Trivial2:12 T2:30 SO2:3 SE2:28 Rx:40 RxSO2:45", "SO2")]
    // Translations along one axis cost nothing either, but there is a larger group.
    [InlineData("Trivial2:20 Tx:4 Ty:5 T2:3 SO2:40 SE2:30", "T2")]
    // The larger is a little worse, within noise: 5 of 100 sets against 4.
    [InlineData("Trivial2:4 SO2:4 SE2:5", "SE2")]
    // Every group costs error.
    [InlineData("Trivial2:4 Tx:20 Ty:22 T2:35 SO2:40 SE2:50 Rx:15 RxSO2:50", "Trivial2")]
    // Of equally large groups that with the smaller error.
    [InlineData("Trivial2:9 Tx:5 Ty:4", "Ty")]
    // A poor network without a symmetry does not make a wrong group the right one.
    [InlineData("Trivial2:40 SO2:5 SE2:38", "SO2")]
    // Nothing was learnt.
    [InlineData("Trivial2:74 SO2:72 SE2:75", null)]
    public void Choose_ErrorsOfGroups_NamesTheLargestThatCostsNothing(string errors, string? expected)
    {
        DiscoveryCandidate[] candidates =
        [
            .. errors.Split(' ').Select(text => text.Split(':')).Select(pair =>
                new DiscoveryCandidate(pair[0], DimensionOf(pair[0]), [], Wrong(int.Parse(pair[1], null)))),
        ];
        var chosen = DiscoveryRule.Choose(candidates, Constant).Place;
        Assert.Equal(expected, chosen is { } place ? candidates[place].Group : null);
    }

    [Fact]
    public void Choose_SameDifferenceOnMoreSets_IsNoLongerNoise()
    {
        Assert.Equal(1, DiscoveryRule.Choose(Pair(1), Repeat(Constant, 1)));
        Assert.Equal(0, DiscoveryRule.Choose(Pair(30), Repeat(Constant, 30)));

        static DiscoveryCandidate[] Pair(int times) =>
        [
            new("Trivial2", 0, [], Repeat(Wrong(4), times)), new("SO2", 1, [], Repeat(Wrong(6), times)),
        ];
    }

    /// <summary>A hundred sets, the first of which are wrong.</summary>
    private static double[] Wrong(int count) => [.. Enumerable.Range(0, 100).Select(i => i < count ? 1.0 : 0)];

    private static double[] Repeat(double[] errors, int times) =>
        [.. Enumerable.Repeat(errors, times).SelectMany(own => own)];

    private static int DimensionOf(string group) => group switch
    {
        "Trivial2" => 0,
        "T2" or "RxSO2" => 2,
        "SE2" => 3,
        _ => 1,
    };
}
