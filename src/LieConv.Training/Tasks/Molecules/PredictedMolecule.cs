namespace LieConv.Training.Tasks.Molecules;

/// <summary>What a run predicts for one molecule.</summary>
/// <param name="File">The file that it came from.</param>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Formula">Its sum formula.</param>
/// <param name="Values">Predictions by target, in the targets' units.</param>
/// <param name="Forces">Forces by atom in the energy's unit per Angstrom, where the run learnt them.</param>
public sealed record PredictedMolecule(
    string File, int Number, string Formula, IReadOnlyDictionary<string, double> Values,
    IReadOnlyList<double[]>? Forces)
{
    /// <summary>What is not finite, as the name of a target or "forces"; null where all is.</summary>
    public string? Lost => Values.Where(pair => !double.IsFinite(pair.Value)).Select(pair => pair.Key).FirstOrDefault()
        ?? (Forces is not null && !Forces.All(force => force.All(double.IsFinite)) ? "forces" : null);
}
