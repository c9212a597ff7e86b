using LieConv.Layers;
using LieConv.Models;
using LieConv.Neighbours;

namespace LieConv.Benchmarks.Arithmetic;

/// <summary>Counts the essential arithmetic of networks from their shapes.</summary>
internal static class NetworkArithmetic
{
    /// <summary>Counts a forward pass of a residual network on sets without padding.</summary>
    /// <param name="options">The network.</param>
    /// <param name="relativeDim">Numbers d + 2q that describe a pair of points.</param>
    /// <param name="points">Points n of a set before they are lifted.</param>
    /// <param name="geometries">Sets of points g: a kernel is evaluated once for all items of a geometry.</param>
    /// <param name="items">Items b with values.</param>
    public static OperationCount Count(
        LieResNetOptions options, int relativeDim, long points, long geometries, long items)
    {
        var n = points * options.Block.LiftSamples;
        var count = new OperationCount(0, 0, (double)items * n * options.Inputs * options.ChannelsAt(0));
        for (var i = 0; i < options.Layers; i++)
        {
            var convolution = options.Convolution(i);
            var m = convolution.DownsampleFraction == 1 ? n : FarthestPoints.Count(n, convolution.DownsampleFraction);
            var k = convolution.Block.Neighborhood == NeighborhoodKind.Everything ? n : Math.Min(convolution.Block.SampleCount, n);
            count += Block(options.ChannelsAt(i), options.ChannelsAt(i + 1), relativeDim, n, m, k, geometries, items);
            n = m;
        }
        return count with
        {
            Linear = count.Linear + (double)items * n * options.ChannelsAt(options.Layers) * options.Outputs,
        };
    }

    /// <summary>Counts a forward pass of fully connected layers of these widths on b rows.</summary>
    public static OperationCount FullyConnected(long rows, params int[] widths) =>
        new(0, 0, rows * widths.Zip(widths.Skip(1)).Sum(pair => (double)pair.First * pair.Second));

    private static OperationCount Block(
        int inputs, int outputs, int relativeDim, long n, long m, long k, long geometries, long items)
    {
        const int hidden = KernelNetwork.HiddenUnits, units = KernelNetwork.Outputs;
        double narrowInputs = inputs / BottleneckBlock.Narrowing, narrowOutputs = outputs / BottleneckBlock.Narrowing;
        return new OperationCount(
            (double)geometries * m * k * (relativeDim * hidden + hidden * hidden + hidden * units),
            items * m * k * units * narrowInputs,
            items * (n * inputs * narrowInputs + m * units * narrowInputs * narrowOutputs + m * narrowOutputs * outputs));
    }
}
