using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Compares predictions with the truth.</summary>
internal static class MoleculeMetrics
{
    /// <summary>The evaluation of predictions for all molecules of a part.</summary>
    public static MoleculeEvaluation Measure(
        MoleculePart part, MoleculePredictions predictions, IReadOnlyList<TargetScale> targets)
    {
        var truth = Enumerable.Range(0, part.Set.Count).Select(part.True).ToArray();
        var metrics = new Dictionary<string, double>();
        var evaluation = new MoleculeEvaluation(part.Set.Count, metrics, targets, predictions.Values, truth);
        var errors = targets.Select((_, t) => evaluation.AbsoluteErrors(t)).ToArray();
        if (targets.Count == 1)
        {
            metrics[MoleculeObjective.Mae] = errors[0].Average();
            (metrics["mae.low"], metrics["mae.high"]) = Bootstrap.MeanInterval(errors[0]);
        }
        else
        {
            metrics[MoleculeObjective.Mae] = errors.Zip(targets, (error, target) => error.Average() / target.Scale).Average();
            foreach (var (error, target) in errors.Zip(targets))
            {
                metrics[$"{target.Name}.mae"] = error.Average();
                (metrics[$"{target.Name}.mae.low"], metrics[$"{target.Name}.mae.high"]) = Bootstrap.MeanInterval(error);
            }
        }
        if (predictions.Forces is { } forces) AddForces(metrics, part, forces);
        return evaluation;
    }

    private static void AddForces(Dictionary<string, double> metrics, MoleculePart part, double[][] forces)
    {
        var errors = new double[part.Set.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            var truth = part.Set.ForcesOf(i);
            for (var k = 0; k < truth.Length; k++) errors[i] += Math.Abs(forces[i][k] - truth[k]) / truth.Length;
        }
        metrics[MoleculeObjective.ForcesMae] = errors.Average();
        (metrics[MoleculeObjective.ForcesMae + ".low"], metrics[MoleculeObjective.ForcesMae + ".high"]) =
            Bootstrap.MeanInterval(errors);
    }
}
