using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>How a network did on molecules.</summary>
/// <param name="Count">Molecules evaluated.</param>
/// <param name="Metrics">mae: mean absolute error in the target's unit, or for several targets the mean over them in
/// standard deviations, and NAME.mae in the unit of each; forces.mae in the energy's unit per Angstrom.</param>
/// <param name="Targets">The targets, T of them.</param>
/// <param name="Predicted">Predictions in the targets' units, by molecule and target.</param>
/// <param name="True">The true values, likewise.</param>
public sealed record MoleculeEvaluation(
    long Count,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<TargetScale> Targets,
    IReadOnlyList<double[]> Predicted,
    IReadOnlyList<double[]> True) : Evaluation(Count, Metrics)
{
    /// <summary>Absolute errors of one target, molecule by molecule.</summary>
    public double[] AbsoluteErrors(int target) =>
        [.. Predicted.Zip(True, (predicted, truth) => Math.Abs(predicted[target] - truth[target]))];
}
