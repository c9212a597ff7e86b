using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class MoleculeSplitsTests
{
    /// <summary>Values of numpy.random.RandomState(seed).permutation(count).</summary>
    [Theory]
    [InlineData(0, 10, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(42, 10, new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 })]
    [InlineData(42, 12, new[] { 10, 9, 0, 8, 5, 2, 1, 11, 4, 7, 3, 6 })]
    [InlineData(1, 5, new[] { 2, 1, 4, 0, 3 })]
    [InlineData(42, 100, new[] { 83, 53, 70, 45, 44, 39, 22, 80 })]
    [InlineData(3, 1000, new[] { 642, 762, 909, 199, 586, 797, 652, 755 })]
    public void Permutation_Seed_IsNumPys(int seed, int count, int[] first) =>
        Assert.Equal(first, new LegacyRandom((uint)seed).Permutation(count).Take(first.Length));

    /// <summary>The hash is that of the same permutation made with CPython's own Mersenne twister.</summary>
    [Fact]
    public void Of_PublishedSize_IsThePublishedSplit()
    {
        var splits = MoleculeSplits.Create(130_831, 100_000, 17_748, seed: 0);
        Assert.Equal(13_083, splits.Test.Length);
        Assert.Equal([130195, 68784, 7957, 25911, 20168], splits.Train[..5]);
        int[] all = [.. splits.Train, .. splits.Validation, .. splits.Test];
        Assert.Equal("b2c959671c96dfb2f5fed659fef7bf22e4efcf8986504ecdc77bc8bafb192dcf",
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(all))));
    }

    [Fact]
    public void Of_AnySet_TakesEachMoleculeOnce()
    {
        var set = Qm9Archive.Read(MoleculeSamples.Qm9);
        var splits = MoleculeSplits.Create(set, 3, 1, seed: 5);
        Assert.Equal([0, 1, 2, 3, 4, 5], splits.Train.Concat(splits.Validation).Concat(splits.Test).Order());
        Assert.Equal((3, 1, 2), (splits.Train.Length, splits.Validation.Length, splits.Test.Length));
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData(6, 1)]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Of_CountsThatDoNotFit_AreRefused(int train, int validation) =>
        Assert.ThrowsAny<ArgumentException>(() => MoleculeSplits.Create(Qm9Archive.Read(MoleculeSamples.Qm9), train, validation));

    [Fact]
    public void Statistics_OfValues_AreTheTextbooks()
    {
        var statistics = TargetStatistics.Measure([4, 1, 2, 10]);
        Assert.Equal(4.25, statistics.Mean, 12);
        Assert.Equal(Math.Sqrt(48.75 / 3), statistics.StandardDeviation, 12);
        Assert.Equal(2, statistics.Median);
        Assert.Equal(1, statistics.MedianAbsoluteDeviation);
        Assert.Throws<ArgumentException>(() => TargetStatistics.Measure([]));
    }
}
