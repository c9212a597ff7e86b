using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Distances of any group.</summary>
/// <param name="set">The set.</param>
/// <param name="order">The numbers of its points in the tree's order.</param>
internal sealed class GroupDistances<T>(PointsOfSet set, int[] order) : IDistancesFromPick<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly ScalarType Dtype = typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;

    private int[] _numbers = [];

    /// <inheritdoc/>
    public void Fill(int pick, List<(int First, int End)> ranges, Span<T> distances)
    {
        using var scope = NewDisposeScope();
        if (_numbers.Length != distances.Length) _numbers = new int[distances.Length];
        var place = 0;
        foreach (var (first, end) in CollectionsMarshal.AsSpan(ranges))
        {
            order.AsSpan(first, end - first).CopyTo(_numbers.AsSpan(place));
            place += end - first;
        }
        var row = set.Distances(set.Numbers(order.AsSpan(pick, 1)), set, set.Numbers(_numbers));
        var result = row.to(Dtype, CPU).contiguous();
        MemoryMarshal.Cast<byte, T>(result.bytes).CopyTo(distances);
        GC.KeepAlive(result);
    }
}
