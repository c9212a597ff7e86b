namespace LieConv.Datasets.Points;

/// <summary>A set of new points, or what is wrong with it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Place">Where it begins: "shapes.csv, line 12".</param>
/// <param name="Points">The points; null where there is a fault.</param>
/// <param name="Fault">One sentence; null where there is none.</param>
public sealed record FoundPoints(string Id, string Place, PointRecord? Points, string? Fault);
