using LieConv.Randomness;

namespace LieConv.Neighbours.Search;

/// <summary>Ranks that lie in memory.</summary>
internal readonly unsafe struct TableOfRanks(float* ranks) : IRanks
{
    /// <inheritdoc/>
    public float At(int place) => ranks[place];
}
