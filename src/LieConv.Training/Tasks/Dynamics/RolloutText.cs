using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Prints rollouts.</summary>
internal static class RolloutText
{
    public static void Write(TextWriter output, RolloutSummary rollouts, IReadOnlyList<string> files)
    {
        output.WriteLine(FormattableString.Invariant(
            $"Rollouts of {rollouts.Steps:N0} steps of {rollouts.TimeStep} from {rollouts.Systems} test systems ") +
            $"({rollouts.Solver}), relative to the true motion's size:");
        output.WriteLine("                       at the end   largest");
        Row("energy", rollouts.Energy);
        if (rollouts.LearnedEnergy is { } learned) Row("learned energy", learned);
        Row("linear momentum", rollouts.LinearMomentum);
        Row("angular momentum", rollouts.AngularMomentum);
        output.WriteLine($"Error of the state: {NumberText.Scientific(rollouts.ErrorMedian)} at the end (median), " +
            $"{NumberText.Scientific(rollouts.ErrorGeometricMean)} over time (geometric mean).");
        if (files.Count > 0) output.WriteLine($"Written: {string.Join(", ", files)}");

        void Row(string name, Drift drift) => output.WriteLine(
            $"{name + " drift",-22} {NumberText.Scientific(drift.End),-12} {NumberText.Scientific(drift.Largest)}");
    }
}
