namespace LieConv.Benchmarks;

/// <summary>Times a training step of the networks of dynamics.</summary>
internal static class SpringBenchmark
{
    /// <summary>Prints a row for each network.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(
            args, 5, "FC", "HFC", "OGN", "HOGN", "HLieResNet:T2", "HLieResNet:SO2", "HLieResNet:SE2");
        Console.WriteLine($"{Machine.Describe()}, {arguments.Threads} threads, float32, " +
            $"batch {SpringTraining.Batch}, median of {arguments.Steps} steps");
        Console.WriteLine("| network | seconds a training step | peak memory so far, GB |");
        Console.WriteLine("|---|---|---|");
        foreach (var label in arguments.Names)
        {
            using var training = new SpringTraining(label);
            var seconds = Machine.MedianSeconds(training.Train, arguments.Steps);
            Console.WriteLine(FormattableString.Invariant(
                $"| {label} | {seconds:F3} | {Machine.PeakGigabytes():F2} |"));
        }
        return 0;
    }
}
