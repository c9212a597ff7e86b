namespace LieConv.Training.Tasks.Points;

/// <summary>What the rule says of candidates.</summary>
/// <param name="Outcome">Whether one is named, or why not.</param>
/// <param name="Place">The place of the one that is named, or that would be where others are left out; null where nothing
/// was learnt.</param>
/// <param name="Verdicts">What each costs.</param>
/// <param name="Moves">What becomes of sets that each has moved.</param>
/// <param name="Rivals">Places of those that it cannot be told from; empty where it is named.</param>
internal sealed record DiscoveryChoice(
    DiscoveryOutcome Outcome, int? Place, IReadOnlyList<DiscoveryVerdict> Verdicts, IReadOnlyList<DiscoveryMoves> Moves,
    IReadOnlyList<int> Rivals);
