using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The files that an evaluation leaves in the folder of a run.</summary>
public static class RolloutFiles
{
    /// <summary>The figures.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>The curves.</summary>
    public const string Report = "rollout.json";

    /// <summary>Writes the figures, the curves, three pictures and an animated page.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="report">The figures.</param>
    /// <param name="rollout">The curves.</param>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, DynamicsReport report, RolloutReport rollout)
    {
        ConfigFile.Write(Path.Combine(folder, Evaluation), report);
        var curves = JsonSerializer.SerializeToUtf8Bytes(rollout, JsonFormat.Line); // thousands of numbers: on one line
        AtomicFile.Write(Path.Combine(folder, Report), stream => stream.Write(curves));
        TrajectoryPlot.Write(Path.Combine(folder, "trajectories.png"), rollout);
        RolloutPlot.Write(Path.Combine(folder, "rollout.png"), rollout);
        ConservationPlot.Write(Path.Combine(folder, "conservation.png"), rollout);
        AnimationPage.Write(Path.Combine(folder, "animation.html"), rollout);
        return [Evaluation, Report, "trajectories.png", "rollout.png", "conservation.png", "animation.html"];
    }
}
