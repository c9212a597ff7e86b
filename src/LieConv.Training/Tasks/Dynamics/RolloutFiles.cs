using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The files of rollouts that an evaluation leaves in the folder of a run, beside the figures.</summary>
public static class RolloutFiles
{
    /// <summary>The curves.</summary>
    public const string Report = "rollout.json";

    /// <summary>Writes the curves, three pictures and an animated page.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="rollout">The curves.</param>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, RolloutReport rollout)
    {
        var curves = JsonSerializer.SerializeToUtf8Bytes(rollout, JsonFormat.Line); // thousands of numbers: on one line
        AtomicFile.Write(Path.Combine(folder, Report), stream => stream.Write(curves));
        TrajectoryPlot.Write(Path.Combine(folder, "trajectories.png"), rollout);
        RolloutPlot.Write(Path.Combine(folder, "rollout.png"), rollout);
        ConservationPlot.Write(Path.Combine(folder, "conservation.png"), rollout);
        AnimationPage.Write(Path.Combine(folder, "animation.html"), rollout);
        return [Report, "trajectories.png", "rollout.png", "conservation.png", "animation.html"];
    }
}
