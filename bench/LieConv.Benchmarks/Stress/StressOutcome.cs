namespace LieConv.Benchmarks.Stress;

/// <summary>How a subject did.</summary>
/// <param name="Calls">Times that the work was done.</param>
/// <param name="Collections">Garbage collections meanwhile.</param>
/// <param name="Failures">Calls that failed or gave another number.</param>
/// <param name="First">The first of them; null where there was none.</param>
internal sealed record StressOutcome(long Calls, long Collections, long Failures, string? First);
