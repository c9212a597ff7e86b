using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>The nearest points of a large set for any group: a block of queries at a time, compared with all points
/// that can be among the nearest.</summary>
internal static class NearestInBlocks
{
    /// <summary>Rounding moves a distance by less than this share of it, with much to spare.</summary>
    private const double Slack = 1e-3;

    /// <summary>Fills the rows of one set.</summary>
    public static void Fill(PointsOfSet queries, PointsOfSet support, NeighbourTable table, long set)
    {
        var count = Math.Min(table.Neighbours, support.Valid.Length);
        if (count == 0) return;
        var candidates = new Candidates(support);
        var reach = candidates.TypicalDistance(count);
        foreach (var block in QueryBlock.Split(queries, queries.Valid).TakeWhile(_ => !table.IsOverfull))
            reach = Fill(block, queries, support, candidates, table, set, count, reach);
    }

    /// <summary>Fills the rows of one block and tells how far its nearest points reach, with which the block beside it
    /// begins.</summary>
    private static double Fill(
        QueryBlock block, PointsOfSet queries, PointsOfSet support, Candidates candidates, NeighbourTable table,
        long set, int count, double reach)
    {
        // All points within reach are looked at. If the count-th of them is farther, a point beyond could be nearer:
        // once more, then, with a reach that certainly holds as many.
        for (reach = Math.Max(reach, candidates.LeastDistance(block));;)
        {
            var near = candidates.Within(block, reach);
            if (near.Length < count)
            {
                reach *= 2;
                continue;
            }
            using var scope = NewDisposeScope();
            var others = support.Numbers(near);
            var (distances, places, _) = NeighborSelection.NearestInOrder(
                queries.Distances(queries.Numbers(block.Queries), support, others), count);            // (block, k)
            var last = distances.select(-1, count - 1);
            var needed = last.max().to(ScalarType.Float64).item<double>() * (1 + Slack);
            if (candidates.AreLocal && needed > reach)
            {
                reach = needed;
                continue;
            }
            var beyond = distances > Ties.Reach(last.unsqueeze(-1));
            var reached = distances.isfinite().logical_and(beyond.logical_not());
            Write(block, others.index_select(0, places.flatten()), reached, table, set);
            return needed;
        }
    }

    private static void Write(QueryBlock block, Tensor numbers, Tensor reached, NeighbourTable table, long set)
    {
        using Tensor chosen = numbers.cpu().contiguous(), counts = reached.sum(-1).cpu();
        var rows = MemoryMarshal.Cast<byte, long>(chosen.bytes);
        var found = MemoryMarshal.Cast<byte, long>(counts.bytes);
        var width = (int)reached.shape[1];
        for (var i = 0; i < block.Queries.Length; i++)
        {
            var row = rows.Slice(i * width, (int)found[i]);
            if (row.Length > table.Neighbours) table.SetLonger(set, block.Queries[i], row.ToArray());
            else row.CopyTo(table.Row(set, block.Queries[i]));
            table.Found(set, block.Queries[i]) = row.Length;
        }
        GC.KeepAlive(chosen);
        GC.KeepAlive(counts);
    }
}
