namespace LieConv.Benchmarks;

internal static class SpringBenchmark
{
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 3, "T2");
        Console.WriteLine($"{Machine.Describe()}, {arguments.Threads} threads, float32");
        foreach (var group in arguments.Groups)
        {
            using var training = new SpringTraining(group);
            var p = System.Diagnostics.Process.GetCurrentProcess(); var c0 = p.TotalProcessorTime; training.Train(); training.Train(); p.Refresh();
            Console.WriteLine($"cpu {(p.TotalProcessorTime - c0).TotalSeconds / 2:F3} user {p.UserProcessorTime} sys {p.PrivilegedProcessorTime}");
            Console.WriteLine($"{group} {Machine.MedianSeconds(training.Train, arguments.Steps):F3} s/step {Machine.PeakGigabytes():F2} GB");
        }
        return 0;
    }
}
