using System.Globalization;
using LieConv.Groups;
using LieConv.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>
/// Times training and evaluation steps of the RotMNIST networks at the sizes of the original's README: batch 25, float32.
/// </summary>
internal static class ImageBenchmark
{
    private const int Batch = 25;

    private static readonly string[] Defaults = ["Trivial2", "T2", "SO2:0.2", "RxSO2:0.3", "SE2:0.05"];

    /// <summary>Arguments: [--threads N] [--steps N] [GROUP...].</summary>
    public static int Run(string[] args)
    {
        var (threads, steps, groups) = (Environment.ProcessorCount, 10, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--threads") threads = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else if (args[i] == "--steps") steps = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else groups.Add(args[i]);
        }
        set_num_threads(threads);
        Console.WriteLine($"{Machine.Describe()}, {threads} threads, float32, batch {Batch}, median of {steps} steps");
        Console.WriteLine("| group | train images/s | evaluate images/s | peak memory so far GB | live tensors |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var name in groups.Count > 0 ? groups : [.. Defaults]) Measure(name, steps);
        return 0;
    }

    private static void Measure(string name, int steps)
    {
        using var outer = NewDisposeScope();
        random.manual_seed(1);
        var group = LieGroups.Parse(name);
        using var network = new ImageLieResNet(group, new ImageLieResNetOptions { LiftSamples = group.HasStabilizer ? 2 : 1 });
        var optimizer = optim.Adam(network.parameters(), 3e-3);
        using var generator = new Generator(1);
        var (images, labels) = (randn(Batch, 1, 28, 28), randint(0, 10, [Batch], ScalarType.Int64));
        var draws = new GeneratorDraws(generator);
        var live = 0L;

        void Train()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(images, draws), labels).backward();
            optimizer.step();
        }

        void Evaluate()
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            network.call(images, draws);
        }

        var train = Machine.MedianSeconds(Train, steps);
        live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        network.eval();
        var evaluate = Machine.MedianSeconds(Evaluate, steps);
        Console.WriteLine(FormattableString.Invariant(
            $"| {group} | {Batch / train:F1} | {Batch / evaluate:F1} | {Machine.PeakGigabytes():F2} | {live} |"));
    }
}
