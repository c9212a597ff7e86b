using LieConv.Benchmarks.Arithmetic;
using LieConv.Models;

namespace LieConv.Tests.Benchmarks;

/// <summary>Counts of operations against those by hand.</summary>
public sealed class NetworkArithmeticTests
{
    /// <remarks>10 points of 3 numbers; a block from 8 to 12 channels (2 to 3 inside) at 5 points of 4 neighbours each; 2
    /// outputs; a pair has 2 numbers. 6 items share 1 geometry.</remarks>
    [Fact]
    public void Of_SmallNetwork_EqualsTheCountByHand()
    {
        var options = new LieResNetOptions
        {
            Inputs = 3, Outputs = 2, Layers = 1, Channels = [8, 12],
            Block = new() { SampleCount = 4 }, DownsampleFraction = 0.5,
        };
        var count = NetworkArithmetic.Count(options, 2, 10, 1, 6);
        Assert.Equal(5 * 4 * (2 * 32 + 32 * 32 + 32 * 16), count.Kernel);
        Assert.Equal(6 * 5 * 4 * 16 * 2, count.Aggregation);
        const int embed = 10 * 3 * 8, narrow = 10 * 8 * 2, convolution = 5 * 16 * 2 * 3, widen = 5 * 3 * 12, head = 5 * 12 * 2;
        Assert.Equal(6 * (embed + narrow + convolution + widen + head), count.Linear);
        Assert.Equal(2 * (count.Kernel + count.Aggregation + count.Linear), count.Forward);
        Assert.Equal(3 * count.Forward, count.Training);
        Assert.Equal(12 * (count.Kernel + count.Linear) + 18 * count.Aggregation, count.TrainingOfSlopes);
    }

    [Fact]
    public void Of_SeveralLifts_CountsEveryLiftAsAPoint()
    {
        var options = new LieResNetOptions { Layers = 2, Channels = [8], Block = new() { SampleCount = 5 } };
        Assert.Equal(
            NetworkArithmetic.Count(options, 6, 12, 3, 3),
            NetworkArithmetic.Count(options with { Block = options.Block with { LiftSamples = 4 } }, 6, 3, 3, 3));
    }

    [Fact]
    public void FullyConnected_Widths_GiveTheProductsOfNeighbours() =>
        Assert.Equal(7 * (3 * 5 + 5 * 2), NetworkArithmetic.FullyConnected(7, 3, 5, 2).Linear);
}
