namespace LieConv.Benchmarks.Support;

/// <summary>How a child process went.</summary>
/// <param name="Output">What it printed; null where it failed or was ended for its memory.</param>
/// <param name="PeakBytes">Largest resident memory that was seen or that it told.</param>
internal sealed record ChildOutcome(string? Output, double PeakBytes);
