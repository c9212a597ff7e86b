using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>The evaluation of a run on molecules: evaluation.json.</summary>
/// <param name="Result">On the test molecules as they are.</param>
/// <param name="Transforms">On the test molecules as moved.</param>
public sealed record MoleculeReport(RunResult Result, IReadOnlyList<TransformRow> Transforms);
