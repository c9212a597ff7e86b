namespace LieConv.Training.Pictures;

/// <summary>A set of points in a picture.</summary>
/// <param name="Lines">What is written below it: its name, the truth, the prediction.</param>
/// <param name="Positions">As many numbers a point as there are dimensions.</param>
/// <param name="Colours">What colours its points, a number each; null where all are alike.</param>
internal sealed record DrawnSet(IReadOnlyList<string> Lines, double[] Positions, double[]? Colours);
