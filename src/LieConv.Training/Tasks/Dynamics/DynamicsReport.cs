using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>What evaluating a run of dynamics gave: evaluation.json.</summary>
/// <param name="Result">The error on chunks of the test trajectories.</param>
/// <param name="Rollouts">Many time steps from test systems.</param>
public sealed record DynamicsReport(RunResult Result, RolloutSummary Rollouts);
