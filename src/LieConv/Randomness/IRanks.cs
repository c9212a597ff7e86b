namespace LieConv.Randomness;

/// <summary>Numbers in [0, 1) that rank pairs of points.</summary>
internal interface IRanks
{
    /// <summary>The rank of a pair.</summary>
    /// <param name="place">Its place in a table of all pairs.</param>
    float At(int place);
}
