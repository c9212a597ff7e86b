namespace LieConv.Datasets.Points;

/// <summary>One set of n points in memory.</summary>
/// <param name="Count">Number of points, n.</param>
/// <param name="Positions">Coordinates, row-major (n, D).</param>
/// <param name="Values">Values with categories one-hot, row-major (n, Channels).</param>
/// <param name="Targets">For each target of the schema its value: one number of the set or n of its points, classes by
/// their number; null where the file does not have it.</param>
/// <param name="Group">Group of the set, or null.</param>
public sealed record PointRecord(
    int Count, double[] Positions, double[] Values, IReadOnlyList<double[]?> Targets, string? Group);
