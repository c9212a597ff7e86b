using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>One set of a batch: where its points are, and which of them count.</summary>
internal sealed class PointsOfSet
{
    private readonly LieGroup _group;
    private readonly LiftedElements _points;                                                    // (n, e) and (n, q)
    private readonly PositionBound? _bound;

    /// <summary>Takes one set out of a batch.</summary>
    /// <param name="group">The group.</param>
    /// <param name="points">Elements (g, n, e) and orbits (g, n, q), or one set that stands for all.</param>
    /// <param name="mask">Valid points, (g, n) or a shape that expands to it; null where all are.</param>
    /// <param name="set">Which set.</param>
    public PointsOfSet(LieGroup group, LiftedElements points, Tensor? mask, long set)
    {
        _group = group;
        _points = new LiftedElements(Set(points.Elements, set), points.Orbits is null ? null : Set(points.Orbits, set));
        Count = (int)points.Elements.shape[1];
        Valid = ValidNumbers(mask, set, Count);
        if ((group as IBoundedByPositions)?.Bound(_points) is { Scale: > 0 } bound) _bound = bound;
        Space = SearchSpace.Create(group, _bound);
    }

    /// <summary>Points of the set, padding included.</summary>
    public int Count { get; }

    /// <summary>The numbers of the points that count, ascending.</summary>
    public int[] Valid { get; }

    /// <summary>The distance is at least this times that of positions; 0 where no positions bound it.</summary>
    public double Scale => _bound?.Scale ?? 0;

    /// <summary>Whether the distance is that of positions but for the scale.</summary>
    public bool IsEuclidean => _bound is { IsDistance: true };

    /// <summary>Positions that bound the distance, shape (n, p); p = 0 where none do.</summary>
    public Tensor Positions => _bound?.Positions ?? _points.Elements.narrow(-1, 0, 0);

    /// <summary>Where a search looks for the points.</summary>
    public SearchSpace Space { get; }

    /// <summary>A tree over the coordinates of chosen points, whose numbers in it are their places in the choice.
    /// </summary>
    /// <param name="chosen">Numbers of points, at least one.</param>
    /// <param name="pointsPerLeaf">Most points of a leaf.</param>
    public KdTree Tree(int[] chosen, int pointsPerLeaf)
    {
        using var scope = NewDisposeScope();
        var source = Space is PositionSpace ? Positions : _points.Elements;
        var coordinates = Space.Coordinates(source.index_select(0, Numbers(chosen)).to(ScalarType.Float64, CPU));
        return new KdTree(coordinates, chosen.Length, Space.Dimension, pointsPerLeaf);
    }

    /// <summary>What a distance of single pairs reads: positions where they are the distance, else elements.</summary>
    /// <param name="chosen">Numbers of points.</param>
    /// <returns>Shape (chosen, ·).</returns>
    public double[] Coordinates(int[] chosen)
    {
        using var scope = NewDisposeScope();
        var source = IsEuclidean ? Positions : _points.Elements;
        return source.index_select(0, Numbers(chosen)).to(ScalarType.Float64, CPU).contiguous()
            .data<double>().ToArray();
    }

    /// <summary>Elements and orbits by number, shapes (numbers..., e) and (numbers..., q).</summary>
    public LiftedElements Rows(Tensor numbers)
    {
        Tensor From(Tensor source) => source.index_select(0, numbers.flatten()).view([.. numbers.shape, -1]);
        return new LiftedElements(
            _points.Elements.shape[^1] == 0
                ? _points.Elements.new_empty([.. numbers.shape, 0])
                : From(_points.Elements),
            _points.Orbits is null ? null : From(_points.Orbits));
    }

    /// <summary>Numbers of points as a tensor beside the points.</summary>
    public Tensor Numbers(ReadOnlySpan<int> numbers)
    {
        var copy = numbers.ToArray();
        return tensor(copy, [copy.Length], dtype: ScalarType.Int32, device: _points.Elements.device)
            .to(ScalarType.Int64);
    }

    /// <summary>Distances from some points of this set to some of another.</summary>
    /// <param name="numbers">Numbers in this set, shape (m).</param>
    /// <param name="support">The other set.</param>
    /// <param name="others">Numbers in the other set, shape (c).</param>
    /// <returns>Shape (m, c).</returns>
    public Tensor Distances(Tensor numbers, PointsOfSet support, Tensor others)
    {
        var (u, v) = (Rows(numbers), support.Rows(others));
        return _group.PairDistances(
            new LiftedElements(u.Elements.unsqueeze(0), u.Orbits?.unsqueeze(0)),
            new LiftedElements(v.Elements.unsqueeze(0), v.Orbits?.unsqueeze(0))).squeeze(0);
    }

    /// <summary>Distances from some points of this set, to other points of another for each.</summary>
    /// <param name="numbers">Numbers in this set, shape (m).</param>
    /// <param name="support">The other set.</param>
    /// <param name="others">Numbers in the other set, shape (m, c).</param>
    /// <returns>Shape (m, c).</returns>
    public Tensor DistancesEach(Tensor numbers, PointsOfSet support, Tensor others)
    {
        var u = Rows(numbers.unsqueeze(1));                                                        // m sets of 1 point
        return _group.PairDistances(u, support.Rows(others)).squeeze(1);
    }

    private static Tensor Set(Tensor batch, long set) => batch.detach()[batch.shape[0] == 1 ? 0 : set];

    private static int[] ValidNumbers(Tensor? mask, long set, int count)
    {
        if (mask is null) return [.. Enumerable.Range(0, count)];
        using var scope = NewDisposeScope();
        var flags = Set(mask, set).expand(count).cpu().contiguous().data<bool>().ToArray();
        return [.. Enumerable.Range(0, count).Where(i => flags[i])];
    }
}
