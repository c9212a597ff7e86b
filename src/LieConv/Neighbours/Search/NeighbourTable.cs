using System.Collections.Concurrent;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>The neighbours found so far: k numbers for each of g · m queries, of which the first few count, and more
/// for those queries whose last neighbour has equals.</summary>
internal sealed class NeighbourTable(long sets, long queries, int neighbours)
{
    /// <summary>Most pairs that equals may bring about: half a gigabyte of numbers.</summary>
    private const long MostPairs = 1 << 26;

    private readonly long[] _indices = new long[checked(sets * queries * neighbours)];
    private readonly int[] _found = new int[sets * queries];
    private readonly ConcurrentDictionary<long, long[]> _longer = new();
    private volatile string? _refusal;

    /// <summary>k.</summary>
    public int Neighbours => neighbours;

    /// <summary>Whether some query has more equals than can be held: the table is of no use then.</summary>
    public bool IsOverfull => _refusal is not null;

    /// <summary>Whether some query has more than k neighbours.</summary>
    public bool HasLonger => !_longer.IsEmpty;

    /// <summary>How many neighbours of a query count.</summary>
    public ref int Found(long set, long query) => ref _found[set * queries + query];

    /// <summary>The k numbers of a query.</summary>
    public Span<long> Row(long set, long query) =>
        _indices.AsSpan((int)((set * queries + query) * neighbours), neighbours);

    /// <summary>Gives a query more than k neighbours; on any thread.</summary>
    public void SetLonger(long set, long query, long[] numbers)
    {
        Found(set, query) = numbers.Length;
        var pairs = sets * queries * numbers.Length;
        if (pairs <= MostPairs) _longer[set * queries + query] = numbers;
        else
            _refusal =
                $"Point {query} of set {set} has {numbers.Length} nearest neighbours in place of {neighbours}, " +
                $"since so many are equally near, which for all points makes {pairs} pairs; " +
                $"expected at most {MostPairs}: leave out points that coincide, or take neighbours from a Ball.";
    }

    /// <summary>Indices and mask, shape (g, m, k), with the k of the longest row.</summary>
    /// <exception cref="ArgumentException">If too many points are equally near.</exception>
    public (Tensor Indices, Tensor Mask) ToTensors(Device device)
    {
        if (_refusal is not null) throw new ArgumentException(_refusal);
        var width = HasLonger ? _longer.Values.Max(longer => longer.Length) : neighbours;
        var indices = tensor(Rows(width), [sets, queries, width], dtype: ScalarType.Int64, device: device);
        using var found = tensor(_found, [sets, queries, 1], dtype: ScalarType.Int32, device: device);
        using var places = arange(Scalars.Of(width), dtype: ScalarType.Int32, device: device);
        return (indices, places < found);
    }

    private long[] Rows(int width)
    {
        if (width == neighbours) return _indices;
        var wide = new long[sets * queries * width];
        for (var row = 0; row < _found.Length; row++)
        {
            var target = wide.AsSpan(row * width, width);
            if (_longer.TryGetValue(row, out var longer)) longer.CopyTo(target);
            else _indices.AsSpan(row * neighbours, neighbours).CopyTo(target);
        }
        return wide;
    }
}
