using LieConv.Neighbours.Search;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

public sealed class BallCountsTests
{
    [Theory]
    [InlineData(1), InlineData(63), InlineData(500)]
    public void Of_AnyBalls_AreTheSums(int points)
    {
        using var scope = NewDisposeScope();
        var within = (rand([3, 7, points + 2]) < 0.3).narrow(2, 1, points);
        Assert.Equal(
            within.sum(-1).data<long>().ToArray(), BallCounts.Compute(within).to(ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([3, 7], BallCounts.Compute(within).shape);
        Assert.Equal([3, 0], BallCounts.Compute(within.narrow(1, 0, 0)).shape);
    }
}
