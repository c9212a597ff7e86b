using System.Runtime.InteropServices;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Samples of balls that hold little of their set: their points are found, ranked at random, and the highest
/// kept.</summary>
/// <remarks>The rank of a point follows from the seed, the query and the point, not from the order in which points are
/// found, so that a set that is moved keeps its neighbours.</remarks>
internal sealed class BallContents(PointsOfSet queries, PointsOfSet support, Tensor radius, ulong seed, long set)
{
    /// <summary>Pairs of queries and points whose flags are held at once.</summary>
    private const int PairsAtOnce = 1 << 22;

    /// <summary>Fills the rows of some queries.</summary>
    /// <param name="table">The neighbours.</param>
    /// <param name="chosen">The queries.</param>
    public void Fill(NeighbourTable table, int[] chosen)
    {
        var candidates = new Candidates(support);
        var reach = radius.to(ScalarType.Float64).item<double>();
        var ranks = new ulong[table.Neighbours];
        foreach (var block in QueryBlock.Split(queries, chosen))
        {
            var near = candidates.Within(block, reach);
            if (near.IsEmpty) continue;
            foreach (var some in block.Queries.Chunk(Math.Max(1, PairsAtOnce / near.Length)))
                Fill(some, near, table, ranks);
        }
    }

    private void Fill(int[] block, ReadOnlySpan<int> near, NeighbourTable table, ulong[] ranks)
    {
        using var scope = NewDisposeScope();
        var distances = queries.Distances(queries.Numbers(block), support, support.Numbers(near));
        var within = (distances < radius).cpu().contiguous();
        var flags = MemoryMarshal.Cast<byte, bool>(within.bytes);
        for (var i = 0; i < block.Length; i++)
            table.Found(set, block[i]) = Highest(
                near, flags.Slice(i * near.Length, near.Length), RandomNumbers.Create(~seed, set, block[i]),
                table.Row(set, block[i]), ranks);
        GC.KeepAlive(within);
    }

    /// <summary>The points within the ball that have the highest ranks, and how many there are.</summary>
    private static int Highest(
        ReadOnlySpan<int> near, ReadOnlySpan<bool> within, RandomNumbers random, Span<long> row, ulong[] ranks)
    {
        var (found, lowest) = (0, 0);
        for (var i = within.IndexOf(true); i >= 0;)
        {
            var rank = random.At(near[i]);
            if (found < row.Length || rank > ranks[lowest])
            {
                var place = found < row.Length ? found++ : lowest;
                (row[place], ranks[place]) = (near[i], rank);
                if (found == row.Length) lowest = Array.IndexOf(ranks, ranks.Min());
            }
            var next = within[(i + 1)..].IndexOf(true);
            i = next < 0 ? -1 : i + 1 + next;
        }
        return found;
    }
}
