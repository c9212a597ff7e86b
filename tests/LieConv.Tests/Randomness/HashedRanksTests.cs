using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Randomness;

[Collection("Serial")]
public sealed class HashedRanksTests
{
    [Fact]
    public void Of_ManyNumbers_AreUniformAndUncorrelated()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var ranks = HashedRanks.Draw(generator, [1000, 1001]);
        Assert.True(ranks.min().item<float>() >= 0 && ranks.max().item<float>() < 1);
        var centred = ranks.to(ScalarType.Float64) - 0.5;
        Assert.Equal(0, centred.mean().item<double>(), 3);
        Assert.Equal(1.0 / 12, centred.square().mean().item<double>(), 3);
        var neighbours = centred.narrow(1, 1, 1000) * centred.narrow(1, 0, 1000);
        Assert.Equal(0, neighbours.mean().item<double>(), 3);
        var counts = ranks.histc(bins: 100, min: 0, max: 1).to(ScalarType.Float64);
        var expected = 1000 * 1001 / 100.0;
        var chi = ((counts - expected).square() / expected).sum().item<double>();
        Assert.InRange(chi, 50, 160);                                                 // 99 degrees of freedom
    }

    [Fact]
    public void Of_AnyNumberOfThreads_AreTheSame_AndOthersNextTime()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            var (one, three) = (Ranks(1), Ranks(3));
            Assert.True(one.First.equal(three.First).all().item<bool>());
            Assert.False(one.First.equal(one.Second).any().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }

        static (Tensor First, Tensor Second) Ranks(int count)
        {
            set_num_threads(count);
            using var generator = new Generator(3);
            return (HashedRanks.Draw(generator, [40_001]), HashedRanks.Draw(generator, [40_001]));
        }
    }
}
