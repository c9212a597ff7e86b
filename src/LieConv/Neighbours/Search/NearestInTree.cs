using LieConv.Cpu;
using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>The nearest points of a large set where boxes bound the distance: each query goes through the tree
/// alone, nearest boxes first, and passes over those that are farther than what it has.</summary>
/// <typeparam name="TDistance">The distance.</typeparam>
internal sealed class NearestInTree<TDistance>
    where TDistance : struct, IPairDistance
{
    private const int PointsPerLeaf = 8;

    /// <summary>Queries of one task.</summary>
    private const int QueriesPerTask = 256;

    /// <summary>Rounding moves a distance by less than this share of it, with much to spare.</summary>
    private const double Slack = 1e-6;

    private readonly TDistance _distance;
    private readonly PointsOfSet _support;
    private readonly KdTree _tree;
    private readonly double[] _points;                                     // what the distance reads, in tree's order
    private readonly ScalarType _dtype;
    private readonly SearchSpace _space;

    /// <summary>Prepares the search among the valid points of a set, of which there is at least one.</summary>
    public NearestInTree(PointsOfSet support, TDistance distance, ScalarType dtype)
    {
        (_support, _distance, _dtype) = (support, distance, dtype);
        _tree = support.Tree(support.Valid, PointsPerLeaf);
        _points = support.Coordinates(InOrder(support, _tree));
        _space = support.Space;
    }

    /// <summary>Fills the rows of one set.</summary>
    public void Fill(PointsOfSet queries, NeighbourTable table, long set)
    {
        if (queries.Valid.Length == 0) return;
        var count = Math.Min(table.Neighbours, _support.Valid.Length);
        var tree = queries.Tree(queries.Valid, PointsPerLeaf);             // queries side by side visit the same boxes
        var numbers = InOrder(queries, tree);
        var points = queries.Coordinates(numbers);
        Parallel.For(0, (numbers.Length + QueriesPerTask - 1) / QueriesPerTask, CpuKernels.Threads, task =>
        {
            var kept = Math.Min(count + 1, _support.Valid.Length);         // one more tells whether the last has equals
            var (nearest, distances, boxes) = (new long[kept], new double[kept], new PriorityQueue<int, double>());
            var width = points.Length / numbers.Length;
            var end = Math.Min((task + 1) * QueriesPerTask, numbers.Length);
            for (var i = task * QueriesPerTask; i < end && !table.IsOverfull; i++)
            {
                var position = tree.Position(tree.Order[i]);
                ReadOnlySpan<double> query = points.AsSpan(i * width, width);
                var found = Search(position, query, nearest, distances, boxes);
                var reach = Ties.Reach(distances[count - 1], _dtype);
                if (found > count && distances[count] <= reach)
                {
                    table.SetLonger(set, numbers[i], [.. Within(position, query, reach).Select(Number)]);
                    continue;
                }
                found = Math.Min(found, count);
                var row = table.Row(set, numbers[i]);
                for (var place = 0; place < found; place++) row[place] = Number((int)nearest[place]);
                table.Found(set, numbers[i]) = found;
            }
        });
    }

    private long Number(int place) => _support.Valid[_tree.Order[place]];

    private static int[] InOrder(PointsOfSet set, KdTree tree) =>
        [.. tree.Order.ToArray().Select(place => set.Valid[place])];

    /// <summary>The nearest points by their places in the tree, in order, and how many there are.</summary>
    private int Search(
        ReadOnlySpan<double> position, ReadOnlySpan<double> query, Span<long> nearest, Span<double> distances,
        PriorityQueue<int, double> boxes)
    {
        var found = 0;
        distances.Fill(double.PositiveInfinity);
        boxes.Clear();
        boxes.Enqueue(0, 0);
        while (boxes.TryDequeue(out var node, out var gap) && !(gap >= distances[^1]))
        {
            // Down to a leaf by the nearer child; the other waits.
            while (!_tree.IsLeaf(node))
            {
                var (left, right) = (node + 1, _tree.After(node + 1));
                var (toLeft, toRight) = (Gap(left, position), Gap(right, position));
                var leftIsNearer = toLeft <= toRight;
                var later = leftIsNearer ? toRight : toLeft;
                if (!(later >= distances[^1])) boxes.Enqueue(leftIsNearer ? right : left, later);
                node = leftIsNearer ? left : right;
            }
            var (first, end) = _tree.Range(node);
            for (var place = first; place < end; place++)
            {
                var point = _points.AsSpan(place * query.Length, query.Length);
                var distance = _distance.Of(query, point, distances[^1]);
                if (distance < distances[^1]) Insert(distance, place, nearest, distances, ref found);
            }
        }
        return found;
    }

    /// <summary>The places of all points up to a distance.</summary>
    private List<int> Within(ReadOnlySpan<double> position, ReadOnlySpan<double> query, double reach)
    {
        var (found, limit) = (new List<int>(), Math.BitIncrement(reach));
        for (var node = 0; node < _tree.Nodes;)
        {
            if (Gap(node, position) > reach)
            {
                node = _tree.After(node);
                continue;
            }
            if (_tree.IsLeaf(node))
            {
                var (first, end) = _tree.Range(node);
                for (var place = first; place < end; place++)
                    if (_distance.Of(query, _points.AsSpan(place * query.Length, query.Length), limit) <= reach)
                        found.Add(place);
            }
            node++;
        }
        return found;
    }

    private double Gap(int node, ReadOnlySpan<double> position) =>
        (1 - Slack) * _space.Gap(_tree.Box(node), position);

    private static void Insert(double distance, int point, Span<long> nearest, Span<double> distances, ref int found)
    {
        var place = Math.Min(found, distances.Length - 1);
        for (; place > 0 && distances[place - 1] > distance; place--)
            (distances[place], nearest[place]) = (distances[place - 1], nearest[place - 1]);
        (distances[place], nearest[place]) = (distance, point);
        found = Math.Min(found + 1, distances.Length);
    }
}
