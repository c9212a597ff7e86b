namespace LieConv.Datasets.Points;

/// <summary>A column of values or targets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsGuessed">Whether nobody named it: it may be left out where it cannot be used.</param>
/// <param name="Kind">Number or class where that was said, else null.</param>
/// <param name="OfPoints">Whether a target is of points, where that was said, else null.</param>
/// <param name="Known">Categories or classes of a network that is there already; null where they are found.</param>
internal sealed record PlannedColumn(
    string Name, bool IsGuessed = false, PointTargetKind? Kind = null, bool? OfPoints = null,
    IReadOnlyList<string>? Known = null);
