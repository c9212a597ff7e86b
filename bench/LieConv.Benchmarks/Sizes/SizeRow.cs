using LieConv.Neighbours;

namespace LieConv.Benchmarks.Sizes;

/// <summary>What a forward and backward pass on n points took; null where it took more than there may be.</summary>
/// <param name="Group">The group.</param>
/// <param name="Neighborhood">Which points are neighbours.</param>
/// <param name="Points">How many.</param>
/// <param name="PeakBytes">Peak memory of a process that did nothing else.</param>
/// <param name="Seconds">Time of the second pass.</param>
internal sealed record SizeRow(
    string Group, NeighborhoodKind Neighborhood, int Points, double? PeakBytes, double? Seconds);
