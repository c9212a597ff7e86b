namespace LieConv.Training.Dynamics;

/// <summary>What rollouts gave.</summary>
/// <param name="Summary">The figures.</param>
/// <param name="Report">The curves, for pictures.</param>
public sealed record RolloutOutcome(RolloutSummary Summary, RolloutReport Report);
