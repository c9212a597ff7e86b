using LieConv.Equivariance;

namespace LieConv.Training.Tasks.Digits;

/// <summary>One measurement of an <see cref="EquivarianceStudy"/>.</summary>
/// <param name="Neighborhood">Which points the convolutions summed over.</param>
/// <param name="Precision">float32 or float64.</param>
/// <param name="Error">The error.</param>
public sealed record EquivarianceRow(string Neighborhood, string Precision, EquivarianceError Error);
