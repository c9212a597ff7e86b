namespace LieConv.Randomness;

/// <summary>Draws that rank points of a subsample at random, for choices among points that are equally far: the first
/// by number would depend on the order in which points are given.</summary>
internal interface ITieRanks
{
    /// <summary>A seed for each set, drawn with the last call of <see cref="Draws.Starts"/>; null where the first of
    /// equals is to be taken.</summary>
    IReadOnlyList<ulong>? TieSeeds { get; }
}
