using System.Globalization;
using LieConv.Benchmarks.Support;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Sizes;

/// <summary>Runs a network on n points of unit density and prints peak memory and seconds: for a child of sizes.
/// </summary>
internal static class SizeCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "size";

    /// <summary>Points that the ball is to hold, so that the work of a point does not grow with their number.</summary>
    private const double PointsInBall = 64;

    /// <summary>Runs size GROUP KIND N.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 1);
        if (arguments.Names is not [var group, var kindName, var number]
            || !Enum.TryParse<NeighborhoodKind>(kindName, out var kind)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < 1)
            throw new ArgumentException("Expected a group, a kind of neighbourhood and a number of points.");
        using var network = new LieResNet(LieGroups.Parse(group), new LieResNetOptions
        {
            Layers = 6, Channels = [64], Block = new() { SampleCount = 25, Neighborhood = kind },
            FillFractions = [Math.Min(1, PointsInBall / n)],
        });
        using var generator = new Generator(1);
        var points = new PointSet(rand(1, n, 3) * Math.Cbrt(n), ones(1, n, 1));
        var seconds = Machine.MedianSeconds(() => Pass(network, points, generator), 1, warmUp: 1);
        Console.WriteLine(FormattableString.Invariant($"{Machine.PeakGigabytes() * 1e9:F0} {seconds:R}"));
        return 0;
    }

    /// <summary>Measures a size in a child.</summary>
    public static SizeRow Measure(string group, NeighborhoodKind kind, int points, int threads)
    {
        var outcome = ChildProcess.Run(
            MemoryLimits.Child, Name, group, kind.ToString(), points.ToString(CultureInfo.InvariantCulture),
            "--threads", threads.ToString(CultureInfo.InvariantCulture));
        double[] numbers = outcome.Output is null ? [] :
            [.. outcome.Output.Split().Where(w => w.Length > 0).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        return numbers is [var peak, var seconds] && peak <= MemoryLimits.Shown
            ? new SizeRow(group, kind, points, peak, seconds)
            : new SizeRow(group, kind, points, null, null);
    }

    private static void Pass(LieResNet network, PointSet points, Generator generator)
    {
        using var scope = NewDisposeScope();
        network.zero_grad();
        network.call(points, new GeneratorDraws(generator)).sum().backward();
    }
}
