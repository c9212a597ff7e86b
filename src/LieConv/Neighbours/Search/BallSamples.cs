using System.Runtime.InteropServices;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>
/// Samples of balls that hold a good part of their set: each query draws points of the whole set and keeps those within
/// the radius, until it has enough.
/// </summary>
/// <remarks>Points drawn at random, without those drawn before, are in random order; those of them within the radius
/// are the ball in random order, whose first k are a uniform sample without replacement. When a query gives up depends
/// on numbers of points only, not on which they are, so that it does not favour any.</remarks>
internal sealed class BallSamples(PointsOfSet queries, PointsOfSet support, Tensor radius, ulong seed, long set)
{
    /// <summary>Points that a query draws first, for each neighbour it wants; the next round twice as many.</summary>
    private const int FirstDraws = 4;

    /// <summary>Draws for each wanted neighbour after which a query gives up, where its ball is looked through
    /// cheaply.</summary>
    private const int MostDraws = 32;

    /// <summary>The part of the set that a query draws before it gives up, where all of the set must be looked
    /// through.</summary>
    private const int MostOfSet = 8;

    /// <summary>Fills the rows of queries whose balls are large.</summary>
    /// <param name="table">The neighbours.</param>
    /// <param name="smallAreCheap">Whether queries of small balls find their points without the whole set.</param>
    /// <returns>The valid queries whose balls are small; their rows are empty.</returns>
    public int[] Fill(NeighbourTable table, bool smallAreCheap)
    {
        var most = smallAreCheap ? (long)MostDraws * table.Neighbours : support.Valid.Length / MostOfSet;
        var pending = queries.Valid;
        var drawn = 0L;
        for (var draws = (long)FirstDraws * table.Neighbours; drawn + draws <= most && pending.Length > 0; draws *= 2)
        {
            foreach (var block in pending.Chunk((int)Math.Max(1, LargeSets.PairsAtOnce / draws)))
                Round(block, (int)draws, drawn, table);
            drawn += draws;
            pending = [.. pending.Where(query => table.Found(set, query) < table.Neighbours)];
        }
        foreach (var query in pending) table.Found(set, query) = 0;
        return pending;
    }

    private void Round(int[] block, int draws, long drawn, NeighbourTable table)
    {
        using var scope = NewDisposeScope();
        var drawnPoints = new int[block.Length * draws];
        for (var i = 0; i < block.Length; i++)
        {
            var random = RandomNumbers.Create(seed + (ulong)drawn, set, block[i]);
            foreach (ref var point in drawnPoints.AsSpan(i * draws, draws))
                point = support.Valid[random.Below(support.Valid.Length)];
        }
        var points = support.Numbers(drawnPoints).view(block.Length, draws);
        var within = (queries.DistancesEach(queries.Numbers(block), support, points) < radius).cpu().contiguous();
        var flags = MemoryMarshal.Cast<byte, bool>(within.bytes);
        for (var i = 0; i < block.Length; i++)
            Keep(
                drawnPoints.AsSpan(i * draws, draws), flags.Slice(i * draws, draws), table.Row(set, block[i]),
                ref table.Found(set, block[i]));
        GC.KeepAlive(within);
    }

    private static void Keep(ReadOnlySpan<int> drawn, ReadOnlySpan<bool> within, Span<long> row, ref int found)
    {
        for (var i = 0; i < drawn.Length && found < row.Length; i++)
            if (within[i] && !row[..found].Contains(drawn[i])) row[found++] = drawn[i];
    }
}
