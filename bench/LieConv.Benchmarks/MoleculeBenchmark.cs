namespace LieConv.Benchmarks;

/// <summary>Times a training step on molecules, with the arithmetic on padding and without.</summary>
internal static class MoleculeBenchmark
{
    /// <summary>Prints two rows for each group.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 3, "T3");
        Console.WriteLine($"{Machine.Describe()}, {arguments.Threads} threads, float32, " +
            $"batch {MoleculeTraining.Batch}, {MoleculeTraining.MeanAtoms:F1} atoms on average, " +
            $"median of {arguments.Steps} steps");
        Console.WriteLine(
            "| group | padding | seconds a training step | molecules a second | peak memory so far, GB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var group in arguments.Names)
            foreach (var packed in new[] { true, false })
            {
                using var training = new MoleculeTraining(group, packed);
                var seconds = Machine.MedianSeconds(training.Train, arguments.Steps);
                var (padding, rate) = (packed ? "left out" : "computed", MoleculeTraining.Batch / seconds);
                Console.WriteLine(FormattableString.Invariant(
                    $"| {group} | {padding} | {seconds:F2} | {rate:F1} | {Machine.PeakGigabytes():F2} |"));
            }
        return 0;
    }
}
