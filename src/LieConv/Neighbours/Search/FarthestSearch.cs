using System.Numerics;
using System.Runtime.InteropServices;
using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>
/// Farthest-point sampling of one large set. Each box of a tree knows the largest distance of its points to the picks
/// so far; a pick that is farther than that from the box changes nothing in it.
/// </summary>
internal sealed class FarthestSearch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int PointsPerLeaf = 32;

    /// <summary>Rounding moves a distance by less than this share of it, with much to spare.</summary>
    private const double Slack = 1e-3;

    private readonly int[] _numbers;                                       // of the valid points, in the tree's order
    private readonly KdTree _tree;
    private readonly SearchSpace _space;
    private readonly IDistancesFromPick<T> _distances;
    private readonly T[] _nearest;                                         // to the picks so far, in the tree's order
    private readonly (T Distance, int Place)[] _farthest;                  // of each node
    private readonly List<int> _touched = [];
    private readonly List<(int First, int End)> _ranges = [];
    private readonly T[] _buffer;
    private readonly FarthestTies<T> _ties;
    private T _extent = T.PositiveInfinity;                                // of the set as the first pick sees it

    /// <summary>Prepares the search among the valid points of a set, of which there is at least one.</summary>
    /// <param name="set">The set.</param>
    /// <param name="ties">Which of equally far points is picked.</param>
    public FarthestSearch(PointsOfSet set, FarthestTies<T> ties)
    {
        using var scope = NewDisposeScope();
        _ties = ties;
        _tree = set.Tree(set.Valid, PointsPerLeaf);
        _numbers = [.. _tree.Order.ToArray().Select(place => set.Valid[place])];
        _space = set.Space;
        var exact = typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;
        _distances = set.IsEuclidean
            ? new EuclideanDistances<T>(
                set.Positions.index_select(0, set.Numbers(_numbers)).to(exact), set.Scale)
            : new GroupDistances<T>(set, _numbers);
        _nearest = new T[_numbers.Length];
        Array.Fill(_nearest, T.PositiveInfinity);
        _buffer = new T[_numbers.Length];
        _farthest = new (T, int)[_tree.Nodes];
        Array.Fill(_farthest, (T.PositiveInfinity, 0));
    }

    /// <summary>Picks points, the start first and none twice; where none is left, that of the lowest number fills the
    /// rest.</summary>
    /// <param name="start">Number of the first pick, a valid point.</param>
    /// <param name="picks">The numbers of the picks.</param>
    public void Pick(int start, Span<long> picks)
    {
        var place = Array.IndexOf(_numbers, start);
        for (var i = 0; i < picks.Length; i++)
        {
            picks[i] = _numbers[place];
            if (i + 1 == _numbers.Length)
            {
                picks[(i + 1)..].Fill(_numbers.Min());
                return;
            }
            if (i + 1 < picks.Length) place = Update(place);
            if (i == 0) _extent = _farthest[0].Distance;
        }
    }

    /// <summary>Takes a pick into account, and tells the place of the next.</summary>
    private int Update(int pick)
    {
        _nearest[pick] = T.NegativeInfinity;
        var count = Touch(pick);
        var distances = _buffer.AsSpan(0, count);
        if (count > 0) _distances.Fill(pick, _ranges, distances);
        foreach (var (first, end) in CollectionsMarshal.AsSpan(_ranges))
        {
            var nearest = _nearest.AsSpan(first, end - first);
            var row = distances[..(end - first)];
            for (var i = 0; i < row.Length; i++)
                if (row[i] < nearest[i]) nearest[i] = row[i];
            distances = distances[row.Length..];
        }
        for (var i = _touched.Count - 1; i >= 0; i--)                      // children have higher numbers
            _farthest[_touched[i]] = _tree.IsLeaf(_touched[i]) ? InLeaf(_touched[i]) : OfChildren(_touched[i]);
        return _farthest[0].Place;
    }

    /// <summary>Lists the nodes in which a pick may change something, its own among them, and counts their points.
    /// </summary>
    private int Touch(int pick)
    {
        var position = _tree.Position(_tree.Order[pick]);
        _touched.Clear();
        _ranges.Clear();
        var count = 0;
        for (var node = 0; node < _tree.Nodes;)
        {
            var ((start, last), farthest) = (_tree.Range(node), double.CreateChecked(_farthest[node].Distance));
            if ((pick < start || pick >= last) &&
                (1 - Slack) * _space.Gap(_tree.Box(node), position) >= farthest)
            {
                node = _tree.After(node);
                continue;
            }
            _touched.Add(node);
            if (_tree.IsLeaf(node))
            {
                var (first, end) = _tree.Range(node);
                _ranges.Add((first, end));
                count += end - first;
            }
            node++;
        }
        return count;
    }

    private (T, int) InLeaf(int leaf)
    {
        var (first, end) = _tree.Range(leaf);
        var farthest = (Distance: _nearest[first], Place: first);
        for (var place = first + 1; place < end; place++) farthest = Farther(farthest, (_nearest[place], place));
        return farthest;
    }

    private (T Distance, int Place) OfChildren(int node) =>
        Farther(_farthest[node + 1], _farthest[_tree.After(node + 1)]);

    /// <summary>The farther of two places; of equally far ones that of the higher rank, with the larger
    /// distance.</summary>
    private (T Distance, int Place) Farther((T Distance, int Place) a, (T Distance, int Place) b)
    {
        var (far, near) = b.Distance > a.Distance ? (b, a) : (a, b);
        var areEqual = near.Distance >= _ties.Least(far.Distance, _extent);
        var isBefore = areEqual && _ties.IsBefore(_numbers[near.Place], _numbers[far.Place]);
        return isBefore ? far with { Place = near.Place } : far;
    }
}
