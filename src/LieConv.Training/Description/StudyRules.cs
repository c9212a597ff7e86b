using LieConv.Groups;
using LieConv.Training.Checkpoints;

namespace LieConv.Training.Description;

/// <summary>What a study of a task's networks must know of its settings.</summary>
public sealed record StudyRules
{
    /// <summary>The settings that decide the outcome, of a configuration as it was asked for or as a run resolved it: what
    /// the run found in the data is taken back, and groups have one spelling.</summary>
    public Func<RunConfig, RunConfig> Decisive { get; init; } = static config => config;

    /// <summary>The group of a name in the space of the data. One that acts elsewhere is not refused here.</summary>
    /// <exception cref="ArgumentException">There is none: one sentence that lists those of that space.</exception>
    public Func<RunConfig, string, LieGroup> Parse { get; init; } = static (_, text) => LieGroups.Parse(text);

    /// <summary>What is wrong with a network and its group in the space of the data; null where nothing is.</summary>
    public Func<RunConfig, string, string?, string?> Complaint { get; init; } = static (_, _, _) => null;
}
