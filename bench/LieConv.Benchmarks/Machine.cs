using System.Diagnostics;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>What a figure depends on, and how times are taken.</summary>
internal static class Machine
{
    /// <summary>Rows, columns and inner dimension of the product whose rate stands for the machine's.</summary>
    private const int Rows = 1500, Columns = 1536, Inner = 384;

    private const int Products = 15;

    /// <summary>Processor, cores and runtime in words.</summary>
    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return $"{model?.Split(':')[1].Trim() ?? "processor"}, {Environment.ProcessorCount} cores, .NET {Environment.Version}";
    }

    /// <summary>All that a table's figures depend on.</summary>
    public static string Describe(int threads) =>
        $"{Describe()}, TorchSharp {TorchSharpVersion} (libtorch {__version__}), {threads} threads, float32";

    /// <summary>Median over steps after three that warm up.</summary>
    public static double MedianSeconds(Action step, int steps) => MedianSeconds(step, steps, 3);

    /// <summary>Median over steps after some that warm up.</summary>
    public static double MedianSeconds(Action step, int steps, int warmUp)
    {
        var seconds = new List<double>();
        for (var i = -warmUp; i < steps; i++)
        {
            var elapsed = Seconds(step);
            if (i >= 0) seconds.Add(elapsed);
        }
        return Median(seconds);
    }

    /// <summary>Seconds of one step.</summary>
    public static double Seconds(Action step)
    {
        var start = Stopwatch.GetTimestamp();
        step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The upper median.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Operations a second of a large product of matrices in float32: what no network here can exceed.</summary>
    public static double MatrixRate()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (a, b) = (randn(Rows, Inner), randn(Inner, Columns));
        return 2.0 * Rows * Columns * Inner / MedianSeconds(() => a.mm(b).Dispose(), Products);
    }

    /// <summary>Largest resident memory of this process.</summary>
    public static double PeakGigabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;

    private static string TorchSharpVersion =>
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "of unknown version";
}
