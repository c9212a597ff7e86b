using LieConv.Layers;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

public sealed class FarthestPointsTests
{
    [Theory]
    [InlineData(10, 0.25, 2)]       // 2.5 rounds to even
    [InlineData(14, 0.25, 4)]       // 3.5 rounds to even
    [InlineData(648, 0.68129, 441)]
    [InlineData(3, 0.1, 1)]
    public void Count_Fraction_RoundsHalfToEvenAndKeepsOne(long n, double fraction, int expected) =>
        Assert.Equal(expected, FarthestPoints.Count(n, fraction));

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Select_PointsOnALine_PicksEndsThenMiddle(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var places = arange(9, dtype: dtype).view(1, 9, 1);
        var (picks, own) = FarthestPoints.Select(cdist(places, places), null, 5, new FixedStart(0));
        Assert.Equal([0L, 8, 4, 2, 6], picks.data<long>().ToArray());
        Assert.Null(own);
    }

    [Fact]
    public void Select_FewerValidThanPicks_MarksTheRepeated()
    {
        using var scope = NewDisposeScope();
        var places = arange(6, dtype: ScalarType.Float64).view(1, 6, 1).expand(2, 6, 1).contiguous();
        var mask = tensor(new[] { true, true, true, true, true, true, false, true, false, true, false, false }, [2, 6]);
        var (picks, own) = FarthestPoints.Select(cdist(places, places), mask, 4, new FixedStart(1));
        Assert.Equal([3L, 1], picks[1].data<long>().ToArray()[..2]);
        Assert.Equal([true, true, true, true, true, true, false, false], own!.data<bool>().ToArray());
    }

    [Fact]
    public void Select_BrainFloat_PicksTheSame()
    {
        using var scope = NewDisposeScope();
        var places = arange(9, dtype: ScalarType.Float32).view(1, 9, 1);
        var distances = cdist(places, places).to(ScalarType.BFloat16);
        var (picks, _) = FarthestPoints.Select(distances, null, 5, new FixedStart(0));
        Assert.Equal([0L, 8, 4, 2, 6], picks.data<long>().ToArray());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Select_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        var notSquare = Assert.Throws<ArgumentException>(
            () => FarthestPoints.Select(ones(1, 3, 4), null, 2, new FixedStart(0)));
        Assert.StartsWith("distances has shape (1, 3, 4); expected (g, n, n) = (1, 3, 3).", notSquare.Message);
        var otherMask = Assert.Throws<ArgumentException>(
            () => FarthestPoints.Select(ones(1, 3, 3), ones(3) > 0, 2, new FixedStart(0)));
        Assert.StartsWith("mask has shape (3); expected (g, n) = (1, 3).", otherMask.Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FarthestPoints.Select(ones(1, 3, 3), null, 0, new FixedStart(0)));
        foreach (var fraction in new[] { 0, -1, 1.5, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => FarthestPoints.Count(10, fraction));
    }

    private sealed class FixedStart(long start) : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Ranks(long[] shape, Device device) =>
            throw new NotSupportedException();

        public override long[] Starts(ReadOnlySpan<long> validCounts)
        {
            var starts = new long[validCounts.Length];
            Array.Fill(starts, start);
            return starts;
        }
    }
}
