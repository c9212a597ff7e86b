namespace LieConv.Training.Tasks.Molecules;

/// <summary>What a run predicts for a file.</summary>
/// <param name="Molecules">The predictions, in the order of the file.</param>
/// <param name="Faults">A sentence for each molecule that has none.</param>
/// <param name="Notes">A line for each thing that the file declares and the network does not see.</param>
public sealed record FilePrediction(
    IReadOnlyList<PredictedMolecule> Molecules, IReadOnlyList<string> Faults, IReadOnlyList<string> Notes);
