using System.Text.Json;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Output;

/// <summary>Prints the evaluation of a run of moving particles.</summary>
internal static class RolloutText
{
    public static void Write(TextWriter output, DynamicsReport report, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, JsonFormat.Indented));
            return;
        }
        ResultText.Write(output, report.Result, json: false);
        var rollouts = report.Rollouts;
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"Rollouts of {rollouts.Steps:N0} steps of {rollouts.TimeStep} from {rollouts.Systems} test systems ") +
            $"({rollouts.Solver}), relative to the true motion's size:");
        output.WriteLine("                       at the end   largest");
        Row("energy", rollouts.Energy);
        if (rollouts.LearnedEnergy is { } learned) Row("learned energy", learned);
        Row("linear momentum", rollouts.LinearMomentum);
        Row("angular momentum", rollouts.AngularMomentum);
        output.WriteLine($"Error of the state: {MetricText.Scientific(rollouts.ErrorMedian)} at the end (median), " +
            $"{MetricText.Scientific(rollouts.ErrorGeometricMean)} over time (geometric mean).");
        if (files.Count > 0) output.WriteLine($"Written: {string.Join(", ", files)}");

        void Row(string name, Drift drift) => output.WriteLine(
            $"{name + " drift",-22} {MetricText.Scientific(drift.End),-12} {MetricText.Scientific(drift.Largest)}");
    }
}
