using System.Runtime.InteropServices;

namespace LieConv.Neighbours.Search;

/// <summary>The points that may be near a block of queries: those in near boxes, or all where no boxes bound the
/// distance.</summary>
internal sealed class Candidates
{
    /// <summary>Rounding brings no point nearer by more than this share, with much to spare.</summary>
    private const double Slack = 1e-3;

    private const int PointsPerLeaf = 16;

    private readonly PointsOfSet _support;
    private readonly KdTree? _tree;
    private readonly List<int> _near = [];

    /// <summary>Prepares the search among the valid points of a set, of which there is at least one.</summary>
    public Candidates(PointsOfSet support)
    {
        _support = support;
        if (support.Space.Bounds) _tree = support.Tree(support.Valid, PointsPerLeaf);
    }

    /// <summary>Whether far points are left out.</summary>
    public bool AreLocal => _tree is not null;

    /// <summary>A distance within which a point has about this many neighbours, in units of the group's distance, if
    /// points are spread evenly.</summary>
    public double TypicalDistance(int neighbours)
    {
        if (_tree is null) return double.PositiveInfinity;
        var box = _tree.Box(0);
        var (widest, p) = (0.0, _tree.Dimension);
        for (var i = 0; i < p; i++) widest = Math.Max(widest, box[p + i] - box[i]);
        return widest * Math.Pow((double)neighbours / _support.Valid.Length, 1.0 / p);
    }

    /// <summary>The distance below which no valid point is.</summary>
    public double LeastDistance(QueryBlock block) =>
        _tree is null ? 0 : _support.Space.GapBetween(_tree.Box(0), block.Box);

    /// <summary>The numbers of all valid points that are within a distance of any query of the block, and of some that
    /// are not.</summary>
    public ReadOnlySpan<int> Within(QueryBlock block, double distance)
    {
        if (_tree is null) return _support.Valid;
        _near.Clear();
        _tree.AddWithin(_support.Space, block.Box, distance * (1 + Slack), _near);
        var near = CollectionsMarshal.AsSpan(_near);
        foreach (ref var point in near) point = _support.Valid[point];
        return near;
    }
}
