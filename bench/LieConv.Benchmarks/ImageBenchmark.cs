namespace LieConv.Benchmarks;

/// <summary>Times training and evaluation steps of the RotMNIST networks.</summary>
internal static class ImageBenchmark
{
    /// <summary>Prints a row for each group.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 10, "Trivial2", "T2", "SO2:0.2", "RxSO2:0.3", "SE2:0.05");
        Console.WriteLine($"{Machine.Describe()}, {arguments.Threads} threads, float32, " +
            $"batch {ImageTraining.Batch}, median of {arguments.Steps} steps");
        Console.WriteLine("| group | train images/s | evaluate images/s | peak memory so far, GB |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var group in arguments.Names)
        {
            using var training = new ImageTraining(group);
            var train = ImageTraining.Batch / Machine.MedianSeconds(training.Train, arguments.Steps);
            var evaluate = ImageTraining.Batch / Machine.MedianSeconds(training.Evaluate, arguments.Steps);
            Console.WriteLine(FormattableString.Invariant(
                $"| {training.Group} | {train:F1} | {evaluate:F1} | {Machine.PeakGigabytes():F2} |"));
        }
        return 0;
    }
}
