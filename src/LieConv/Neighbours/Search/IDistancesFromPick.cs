namespace LieConv.Neighbours.Search;

/// <summary>Distances from one point of a set to others, in the order of a tree's points.</summary>
internal interface IDistancesFromPick<T> where T : unmanaged
{
    /// <summary>Computes distances.</summary>
    /// <param name="pick">Place of the point in the order.</param>
    /// <param name="ranges">Places of the others.</param>
    /// <param name="distances">Where the distances go, range after range.</param>
    void Fill(int pick, List<(int First, int End)> ranges, Span<T> distances);
}
