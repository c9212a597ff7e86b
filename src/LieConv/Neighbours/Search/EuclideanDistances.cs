using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Scaled Euclidean distances, by the operations of libtorch's cdist in the same order (sums of squares by
/// fused multiplications), so that they are equal to the last bit and a search picks the same of two points whose
/// distances differ by rounding only.</summary>
internal sealed class EuclideanDistances<T> : IDistancesFromPick<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _axes;
    private readonly T _scale;

    /// <summary>Keeps the coordinates, axis by axis.</summary>
    /// <param name="positions">In the tree's order, shape (n, p), p at least 1.</param>
    /// <param name="scale">Factor of the distances.</param>
    public EuclideanDistances(Tensor positions, double scale)
    {
        _scale = T.CreateChecked(scale);
        var axes = positions.shape[1];
        _axes = new T[axes][];
        for (var axis = 0; axis < axes; axis++)
        {
            using var coordinates = positions.select(1, axis).cpu().contiguous();
            _axes[axis] = coordinates.data<T>().ToArray();
        }
    }

    /// <inheritdoc/>
    public void Fill(int pick, List<(int First, int End)> ranges, Span<T> distances)
    {
        foreach (var (first, end) in CollectionsMarshal.AsSpan(ranges))
        {
            Fill(pick, first, distances[..(end - first)]);
            distances = distances[(end - first)..];
        }
    }

    private void Fill(int pick, int first, Span<T> distances)
    {
        var place = 0;
        for (; place <= distances.Length - Vector<T>.Count; place += Vector<T>.Count)
        {
            // Axis by axis within a vector of points: the sum stays in a register, and its order is that of cdist. One
            // chain of two or three multiply-adds; vectors after it do not wait for it.
            var square = Vector<T>.Zero;
            for (var axis = 0; axis < _axes.Length; axis++)
            {
                var gap = new Vector<T>(_axes[axis], first + place) - new Vector<T>(_axes[axis][pick]);
                square = SquareAdded(gap, square);
            }
            (Vector.SquareRoot(square) * _scale).CopyTo(distances[place..]);
        }
        for (; place < distances.Length; place++)
        {
            var square = T.Zero;
            for (var axis = 0; axis < _axes.Length; axis++)
            {
                var gap = _axes[axis][first + place] - _axes[axis][pick];
                square = T.FusedMultiplyAdd(gap, gap, square);
            }
            distances[place] = T.Sqrt(square) * _scale;
        }
    }

    private static Vector<T> SquareAdded(Vector<T> gap, Vector<T> sum)
    {
        if (typeof(T) == typeof(double))
        {
            var wide = gap.As<T, double>();
            return Vector.FusedMultiplyAdd(wide, wide, sum.As<T, double>()).As<double, T>();
        }
        var single = gap.As<T, float>();
        return Vector.FusedMultiplyAdd(single, single, sum.As<T, float>()).As<float, T>();
    }
}
