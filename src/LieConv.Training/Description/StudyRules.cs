using LieConv.Training.Checkpoints;

namespace LieConv.Training.Description;

/// <summary>What a study of a task's networks must know of its settings.</summary>
public sealed record StudyRules
{
    /// <summary>The settings that decide the outcome, of a configuration as it was asked for or as a run resolved it: what
    /// the run found in the data is taken back, and groups have one spelling.</summary>
    public Func<RunConfig, RunConfig> Decisive { get; init; } = static config => config;

    /// <summary>What is wrong with a network and its group in the space of the data; null where nothing is.</summary>
    public Func<RunConfig, string, string?, string?> Complaint { get; init; } = static (_, _, _) => null;
}
