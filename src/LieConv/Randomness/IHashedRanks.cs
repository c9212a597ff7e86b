namespace LieConv.Randomness;

/// <summary>Draws whose ranks are made where they are needed: of all pairs a ball asks for a tenth and less.</summary>
internal interface IHashedRanks
{
    /// <summary>The ranks that <see cref="Draws.Ranks"/> would have given for as many pairs, at most
    /// <see cref="HashedRanks.MostOfSequence"/>.</summary>
    HashedRankSequence NextRanks(int count);
}
