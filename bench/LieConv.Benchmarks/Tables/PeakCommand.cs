using System.Globalization;
using LieConv.Benchmarks.Support;
using LieConv.Benchmarks.Workloads;

namespace LieConv.Benchmarks.Tables;

/// <summary>Runs one side of a workload and prints the peak of resident memory in bytes: for a child of the
/// table.</summary>
internal static class PeakCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "peak";

    private const int DefaultSteps = 3;

    /// <summary>Runs peak SIDE WORKLOAD.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, DefaultSteps);
        if (arguments.Names is not [var sideName, var name] || !Enum.TryParse<Side>(sideName, out var side))
            throw new ArgumentException("Expected a side, Ours or Reference, and a workload.");
        using var workload = WorkloadCatalog.Find(name).Create();
        for (var i = 0; i < arguments.Steps; i++) workload.Step(side);
        Console.WriteLine((Machine.PeakGigabytes() * 1e9).ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>The peak of a side in bytes, from a child; null where it fails or needs too much.</summary>
    public static double? Measure(Side side, string workload, BenchmarkArguments arguments)
    {
        var steps = Math.Min(DefaultSteps, arguments.Steps);
        var outcome = ChildProcess.Run(
            MemoryLimits.Child, Name, side.ToString(), workload, "--steps", Text(steps), "--threads",
            Text(arguments.Threads));
        return double.TryParse(outcome.Output, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
