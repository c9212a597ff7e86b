using System.Globalization;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>What the benchmarks are told: threads, steps, a file for the numbers, and names of groups, networks or
/// workloads.</summary>
internal sealed record BenchmarkArguments(int Threads, int Steps, string? Json, IReadOnlyList<string> Names)
{
    /// <summary>Reads [--threads N] [--steps N] [--json FILE] [NAME...] and sets libtorch's threads.</summary>
    /// <exception cref="ArgumentException">If an option is unknown, or its value missing or no number.</exception>
    public static BenchmarkArguments Read(string[] args, int steps, params string[] names)
    {
        var (threads, json, named) = (Environment.ProcessorCount, (string?)null, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--threads") threads = Number(args, ++i);
            else if (args[i] == "--steps") steps = Number(args, ++i);
            else if (args[i] == "--json") json = Value(args, ++i);
            else if (args[i].StartsWith('-'))
                throw new ArgumentException($"There is no option {args[i]}; expected --threads, --steps or --json.");
            else named.Add(args[i]);
        }
        set_num_threads(threads);
        return new BenchmarkArguments(threads, steps, json, named.Count > 0 ? named : names);
    }

    private static int Number(string[] args, int i) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{args[i - 1]} is '{args[i]}'; expected a whole number from 1 up.");

    private static string Value(string[] args, int i) =>
        i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
}
