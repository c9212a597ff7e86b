namespace LieConv.Datasets.Points.Superpixels;

/// <summary>A picture cut into connected segments.</summary>
/// <param name="Labels">Segment of each pixel, row by row, from 0; numbered in the order of their first pixels.</param>
/// <param name="Segments">The segments.</param>
public sealed record Segmentation(IReadOnlyList<int> Labels, IReadOnlyList<Segment> Segments);
