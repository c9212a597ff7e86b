namespace LieConv.Datasets.Points.Superpixels;

/// <summary>What is known of a segment.</summary>
/// <param name="Size">Number of pixels, at least 1.</param>
/// <param name="Intensity">Mean intensity, 0 to 1.</param>
/// <param name="Column">Mean column of the pixels, 0 being the centres of the first column.</param>
/// <param name="Row">Mean row, 0 being the centres of the first row.</param>
public readonly record struct Segment(int Size, double Intensity, double Column, double Row);
