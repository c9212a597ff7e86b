namespace LieConv.Neighbours.Search;

/// <summary>Some queries that lie near each other, to be compared with the same points.</summary>
/// <param name="Queries">Their numbers.</param>
/// <param name="Box">Their p lowest and p highest coordinates in the search's space; empty where it bounds nothing.
/// </param>
internal readonly record struct QueryBlock(int[] Queries, double[] Box)
{
    /// <summary>Queries of a block: few, since a block looks at the points near any of them, and many enough that
    /// libtorch's calls do not count.</summary>
    public const int Size = 64;

    /// <summary>Divides queries into blocks, neighbours in space side by side.</summary>
    /// <param name="set">The queries' set.</param>
    /// <param name="queries">Their numbers.</param>
    public static IEnumerable<QueryBlock> Split(PointsOfSet set, int[] queries)
    {
        if (!set.Space.Bounds) return queries.Chunk(Size).Select(chunk => new QueryBlock(chunk, []));
        if (queries.Length == 0) return [];
        var tree = set.Tree(queries, Size);
        return Enumerable.Range(0, tree.Nodes).Where(tree.IsLeaf).Select(leaf =>
        {
            var (first, end) = tree.Range(leaf);
            int[] numbers = [.. tree.Order[first..end]];
            return new QueryBlock([.. numbers.Select(i => queries[i])], [.. tree.Box(leaf)]);
        });
    }
}
