using LieConv.Groups;

namespace LieConv.Neighbours.Search;

/// <summary>
/// Points of R^p in boxes: each inner box is halved by number of points across its widest side (Bentley 1975).
/// </summary>
/// <remarks>Nodes are numbered in preorder, so that a search is one loop that either goes on to the next number or
/// passes over a subtree. Points that are not numbers are in boxes that are not; comparisons are written so that both
/// are looked into and never left out.</remarks>
internal sealed class KdTree
{
    private readonly double[] _points;                                                                   // (n, p)
    private readonly int[] _order;
    private readonly List<(int First, int End, int Next)> _nodes = [];
    private readonly List<double> _boxes = [];                                           // p lows and p highs a node

    /// <summary>Builds the tree.</summary>
    /// <param name="points">Coordinates, shape (n, p), n at least 1; not copied.</param>
    /// <param name="count">n.</param>
    /// <param name="dimension">p, 0 or more; with 0 all points are in one leaf.</param>
    /// <param name="pointsPerLeaf">Most points of a leaf.</param>
    public KdTree(double[] points, int count, int dimension, int pointsPerLeaf)
    {
        (_points, Dimension) = (points, dimension);
        _order = [.. Enumerable.Range(0, count)];
        Build(0, count, dimension == 0 ? count : pointsPerLeaf);
    }

    /// <summary>p.</summary>
    public int Dimension { get; }

    /// <summary>Nodes, the root first.</summary>
    public int Nodes => _nodes.Count;

    /// <summary>The numbers of the points, box by box.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Where the points of a node are in the order.</summary>
    public (int First, int End) Range(int node) => (_nodes[node].First, _nodes[node].End);

    /// <summary>The first node after the node's subtree: of a left child, the right one.</summary>
    public int After(int node) => _nodes[node].Next;

    /// <summary>Whether the node has no children.</summary>
    public bool IsLeaf(int node) => _nodes[node].Next == node + 1;

    /// <summary>The coordinates of a point by its number, shape (p).</summary>
    public ReadOnlySpan<double> Position(int point) => _points.AsSpan(point * Dimension, Dimension);

    /// <summary>The p lowest and the p highest coordinates of a node, shape (2p).</summary>
    public ReadOnlySpan<double> Box(int node) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_boxes)
        .Slice(2 * Dimension * node, 2 * Dimension);

    /// <summary>Adds the numbers of the points that are not farther than the distance from a box (2p).</summary>
    public void AddWithin(SearchSpace space, ReadOnlySpan<double> box, double distance, List<int> numbers)
    {
        for (var node = 0; node < Nodes;)
        {
            if (space.GapBetween(Box(node), box) > distance)
            {
                node = After(node);
                continue;
            }
            if (IsLeaf(node))
                foreach (var point in _order.AsSpan(_nodes[node].First, _nodes[node].End - _nodes[node].First))
                    if (!(space.Gap(box, Position(point)) > distance)) numbers.Add(point);
            node++;
        }
    }

    private void Build(int first, int end, int pointsPerLeaf)
    {
        var node = _nodes.Count;
        _nodes.Add(default);
        var widest = AddBox(first, end);
        if (end - first > pointsPerLeaf)
        {
            var middle = first + (end - first) / 2;
            SelectNth(first, end - 1, middle, widest);
            Build(first, middle, pointsPerLeaf);
            Build(middle, end, pointsPerLeaf);
        }
        _nodes[node] = (first, end, _nodes.Count);
    }

    /// <summary>Adds the box of points and tells its widest side.</summary>
    private int AddBox(int first, int end)
    {
        Span<double> low = stackalloc double[Dimension], high = stackalloc double[Dimension];
        low.Fill(double.PositiveInfinity);
        high.Fill(double.NegativeInfinity);
        foreach (var point in _order.AsSpan(first, end - first))
        {
            var position = Position(point);
            for (var i = 0; i < Dimension; i++)
                (low[i], high[i]) = (Math.Min(low[i], position[i]), Math.Max(high[i], position[i]));
        }
        _boxes.AddRange(low);
        _boxes.AddRange(high);
        var widest = 0;
        for (var i = 1; i < Dimension; i++)
            if (high[i] - low[i] > high[widest] - low[widest]) widest = i;
        return widest;
    }

    /// <summary>Orders points so that none before the nth has a larger coordinate and none after it a smaller one
    /// (Hoare's selection, which also halves runs of equals).</summary>
    private void SelectNth(int first, int last, int nth, int axis)
    {
        while (first < last)
        {
            var pivot = Coordinate((first + last) / 2, axis);
            var (left, right) = (first, last);
            while (left <= right)
            {
                while (Coordinate(left, axis) < pivot) left++;
                while (Coordinate(right, axis) > pivot) right--;
                if (left > right) break;
                (_order[left], _order[right]) = (_order[right], _order[left]);
                (left, right) = (left + 1, right - 1);
            }
            if (nth <= right) last = right;
            else if (nth >= left) first = left;
            else return;
        }
    }

    private double Coordinate(int place, int axis) => _points[_order[place] * Dimension + axis];
}
