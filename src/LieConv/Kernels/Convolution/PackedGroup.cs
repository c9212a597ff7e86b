namespace LieConv.Kernels;

/// <summary>Sets of the same size, laid one after another.</summary>
/// <param name="Sets">How many.</param>
/// <param name="Points">Points of each.</param>
internal readonly record struct PackedGroup(long Sets, long Points);
