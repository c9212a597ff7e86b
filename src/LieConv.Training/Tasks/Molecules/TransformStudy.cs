using LieConv.Molecules;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Measures what a network gives for test molecules that are moved first: what respects the motions gives the
/// same.</summary>
public static class TransformStudy
{
    /// <summary>The motions that are tried.</summary>
    private static readonly MoleculeTransform[] Transforms =
        [MoleculeTransform.T3, MoleculeTransform.SO3, MoleculeTransform.SE3];

    /// <summary>Evaluates under each motion, and under rotations with the mean of several predictions.</summary>
    /// <param name="run">The run, with its checkpoint loaded.</param>
    /// <param name="still">The evaluation of that checkpoint on the molecules as they are.</param>
    /// <param name="average">Rotations whose predictions are averaged; 1 for no such row.</param>
    /// <param name="advance">Told how many molecules are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<TransformRow> Measure(
        MoleculeRun run, RunResult still, int average, Action<long, long> advance, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(still);
        var rows = new List<TransformRow> { new(MoleculeTransform.None, 1, still.Metrics) };
        foreach (var motion in Transforms) rows.Add(Row(motion, 1));
        if (average > 1) rows.Add(Row(MoleculeTransform.SO3, average));
        return rows;

        TransformRow Row(MoleculeTransform motion, int copies) => new(
            motion, copies, run.Molecules.Evaluate(DataSplit.Test, motion, copies, advance, interruption).Metrics);
    }
}
