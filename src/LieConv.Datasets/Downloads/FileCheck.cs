namespace LieConv.Datasets.Downloads;

/// <summary>The outcome of comparing a file with what it should contain.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Path">Where it is, or null where it was not found.</param>
/// <param name="Fault">What is wrong with it, or null if nothing is.</param>
public sealed record FileCheck(string Name, string? Path, string? Fault);
