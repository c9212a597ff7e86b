using System.Diagnostics;

namespace LieConv.Benchmarks;

/// <summary>What a figure depends on, and how times are taken.</summary>
internal static class Machine
{
    /// <summary>Processor, cores and runtime in words.</summary>
    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return $"{model?.Split(':')[1].Trim() ?? "processor"}, {Environment.ProcessorCount} cores, .NET {Environment.Version}";
    }

    /// <summary>Median over steps after three that warm up.</summary>
    public static double MedianSeconds(Action step, int steps)
    {
        var seconds = new List<double>();
        for (var i = -3; i < steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step();
            if (i >= 0) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        seconds.Sort();
        return seconds[seconds.Count / 2];
    }

    /// <summary>Largest resident memory of this process.</summary>
    public static double PeakGigabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;
}
