namespace LieConv.Training.Tasks.Dynamics;

/// <summary>What rollouts gave.</summary>
/// <param name="Summary">The figures.</param>
/// <param name="Report">The curves, for pictures.</param>
/// <param name="Lost">Systems whose predicted motion does not stay finite.</param>
public sealed record RolloutOutcome(RolloutSummary Summary, RolloutReport Report, int Lost)
{
    /// <summary>What is wrong with the motions, as half a sentence; null where nothing is.</summary>
    public string? Fault => Lost == 0
        ? null
        : FormattableString.Invariant($"predictions are not finite: {Lost} of {Summary.Systems} rollouts run away");
}
