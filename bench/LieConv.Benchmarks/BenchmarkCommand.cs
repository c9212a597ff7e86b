namespace LieConv.Benchmarks;

/// <summary>A command of this program.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Arguments">What may follow; null where people do not type it.</param>
/// <param name="Purpose">What it does.</param>
/// <param name="Run">Does it, and gives the exit code.</param>
internal sealed record BenchmarkCommand(string Name, string? Arguments, string Purpose, Func<string[], int> Run);
