using System.Diagnostics;
using TorchSharp;

namespace LieConv.Benchmarks;

/// <summary>Shows whether memory or live tensors grow over many training steps.</summary>
internal static class MemoryBenchmark
{
    private const int Rows = 10;

    /// <summary>Prints live tensors and resident memory as training goes on.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 2000, "T2");
        Console.WriteLine($"{Machine.Describe()}, {arguments.Threads} threads, float32, batch {ImageTraining.Batch}");
        Console.WriteLine("| group | step | live tensors | resident memory, MB |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var group in arguments.Names)
        {
            using var training = new ImageTraining(group);
            for (var step = 1; step <= arguments.Steps; step++)
            {
                training.Train();
                if (step % Math.Max(1, arguments.Steps / Rows) != 0) continue;
                using var process = Process.GetCurrentProcess();
                Console.WriteLine(FormattableString.Invariant(
                    $"| {training.Group} | {step} | {DisposeScopeManager.Statistics.ThreadTotalLiveCount} | {process.WorkingSet64 / 1e6:F0} |"));
            }
        }
        return 0;
    }
}
