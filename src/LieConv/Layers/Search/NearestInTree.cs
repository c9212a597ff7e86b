using static TorchSharp.torch;

namespace LieConv.Layers.Search;

/// <summary>The nearest points of a large set where the distance is that of positions: each query goes through the
/// tree alone, and passes over boxes that are farther than what it has.</summary>
internal static class NearestInTree
{
    private const int PointsPerLeaf = 8;

    /// <summary>Queries of one task.</summary>
    private const int QueriesPerTask = 256;

    /// <summary>Fills the rows of one set.</summary>
    public static void Fill(PointsOfSet queries, PointsOfSet support, NeighbourTable table, long set)
    {
        var count = Math.Min(table.Neighbours, support.Valid.Length);
        if (count == 0 || queries.Valid.Length == 0) return;
        var tree = support.Tree(support.Valid, PointsPerLeaf);
        var inOrder = queries.Tree(queries.Valid, PointsPerLeaf);       // queries side by side visit the same boxes
        var options = new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() };
        var tasks = (queries.Valid.Length + QueriesPerTask - 1) / QueriesPerTask;
        Parallel.For(0, tasks, options, task =>
        {
            var (distances, boxes) = (new double[count], new PriorityQueue<int, double>());
            var end = Math.Min((task + 1) * QueriesPerTask, queries.Valid.Length);
            foreach (var place in inOrder.Order[(task * QueriesPerTask)..end])
            {
                var query = queries.Valid[place];
                var row = table.Row(set, query)[..count];
                var found = Search(tree, inOrder.Position(place), row, distances, boxes);
                foreach (ref var point in row[..found]) point = support.Valid[point];
                table.Found(set, query) = found;
            }
        });
    }

    /// <summary>The nearest points by their numbers in the tree, in order, and how many there are.</summary>
    private static int Search(
        KdTree tree, ReadOnlySpan<double> query, Span<long> nearest, Span<double> squares,
        PriorityQueue<int, double> boxes)
    {
        var found = 0;
        squares.Fill(double.PositiveInfinity);
        boxes.Clear();
        boxes.Enqueue(0, tree.SquareToPoint(0, query));
        while (boxes.TryDequeue(out var node, out var square) && !(square >= squares[^1]))
        {
            if (!tree.IsLeaf(node))
            {
                foreach (var child in (ReadOnlySpan<int>)[node + 1, tree.After(node + 1)])
                    if (tree.SquareToPoint(child, query) is var gap && !(gap >= squares[^1])) boxes.Enqueue(child, gap);
                continue;
            }
            var (first, end) = tree.Range(node);
            foreach (var point in tree.Order[first..end])
            {
                var distance = SquareBetween(tree.Position(point), query);
                if (!(distance < squares[^1])) continue;
                var place = Math.Min(found, squares.Length - 1);
                for (; place > 0 && squares[place - 1] > distance; place--)
                    (squares[place], nearest[place]) = (squares[place - 1], nearest[place - 1]);
                (squares[place], nearest[place]) = (distance, point);
                found = Math.Min(found + 1, squares.Length);
            }
        }
        return found;
    }

    private static double SquareBetween(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var square = 0.0;
        for (var i = 0; i < a.Length; i++) square += (a[i] - b[i]) * (a[i] - b[i]);
        return square;
    }
}
