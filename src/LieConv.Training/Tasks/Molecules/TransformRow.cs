using LieConv.Molecules;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>How a network did on test molecules that were moved first.</summary>
/// <param name="Transform">How each molecule was moved at random.</param>
/// <param name="Average">Predictions under so many motions were averaged.</param>
/// <param name="Metrics">As in <see cref="MoleculeEvaluation"/>.</param>
public sealed record TransformRow(MoleculeTransform Transform, int Average, IReadOnlyDictionary<string, double> Metrics);
