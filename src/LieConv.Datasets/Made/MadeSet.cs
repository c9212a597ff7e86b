namespace LieConv.Datasets.Made;

/// <summary>One made set of points.</summary>
/// <param name="Numbers">Point by point, a number for each column of its <see cref="MadeData"/>.</param>
/// <param name="Label">Its class; null where the points have a number to learn.</param>
public sealed record MadeSet(double[] Numbers, string? Label);
