using System.Globalization;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>What the benchmarks are told: threads, steps and names of groups or networks.</summary>
internal sealed record BenchmarkArguments(int Threads, int Steps, IReadOnlyList<string> Names)
{
    /// <summary>Reads [--threads N] [--steps N] [NAME...] and sets libtorch's threads.</summary>
    public static BenchmarkArguments Read(string[] args, int steps, params string[] names)
    {
        var (threads, named) = (Environment.ProcessorCount, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--threads") threads = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else if (args[i] == "--steps") steps = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else named.Add(args[i]);
        }
        set_num_threads(threads);
        return new BenchmarkArguments(threads, steps, named.Count > 0 ? named : names);
    }
}
