using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Farthest-point sampling of one set whose distances are known, several points at a time.</summary>
internal static class FarthestInTable
{
    /// <summary>Picks points, none twice; where no valid one is left, the first valid one fills the rest.</summary>
    /// <param name="table">Distances on the CPU, shape (n, n).</param>
    /// <param name="valid">Valid points; empty where all are.</param>
    /// <param name="start">The first pick.</param>
    /// <param name="picks">Result.</param>
    /// <param name="ties">Which of equally far points is picked.</param>
    public static void Pick<T>(
        Tensor table, ReadOnlySpan<bool> valid, int start, Span<long> picks, FarthestTies<T> ties = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = (int)table.shape[0];
        var rows = MemoryMarshal.Cast<byte, T>(table.bytes);
        var nearest = new T[n];
        for (var j = 0; j < n; j++)
            nearest[j] = valid.IsEmpty || valid[j] ? T.PositiveInfinity : T.NegativeInfinity;
        var (farthest, extent) = (start, T.Zero);
        for (var i = 0; i < picks.Length; i++)
        {
            picks[i] = farthest;
            nearest[farthest] = T.NegativeInfinity;
            var largest = Approach<T>(nearest, rows.Slice(farthest * n, n));
            if (largest == T.NegativeInfinity)
            {
                picks[(i + 1)..].Fill(valid.IsEmpty ? 0 : valid.IndexOf(true));
                return;
            }
            if (i == 0) extent = largest;
            farthest = Farthest(nearest, largest, ties.Least(largest, extent), ties);
        }
    }

    private static int Farthest<T>(ReadOnlySpan<T> nearest, T largest, T least, FarthestTies<T> ties)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var farthest = nearest.IndexOf(largest);
        if (ties.FirstWins) return farthest;
        // Ties are rare: a vector without one is passed over by a single comparison.
        var (low, j) = (new Vector<T>(least), 0);
        for (; j + Vector<T>.Count <= nearest.Length; j += Vector<T>.Count)
            if (Vector.GreaterThanOrEqualAny(new Vector<T>(nearest[j..]), low))
                for (var lane = 0; lane < Vector<T>.Count; lane++) Consider(nearest[j + lane], j + lane);
        for (; j < nearest.Length; j++) Consider(nearest[j], j);
        return farthest;

        void Consider(T distance, int point)
        {
            if (distance >= least && ties.IsBefore(point, farthest)) farthest = point;
        }
    }

    /// <summary>Lowers the distances to the nearest pick to those of a new one; returns the largest of them. Distances
    /// that are no numbers change nothing.</summary>
    private static T Approach<T>(Span<T> nearest, ReadOnlySpan<T> distances)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (largest, j) = (T.NegativeInfinity, 0);
        var most = new Vector<T>(largest);
        for (; j + Vector<T>.Count <= nearest.Length; j += Vector<T>.Count)
        {
            var (old, found) = (new Vector<T>(nearest[j..]), new Vector<T>(distances[j..]));
            // A selection and not a minimum, which would hand NaN on. Lowering and the search for the largest share one
            // pass, since a row of distances is read from memory at every pick.
            var own = Vector.ConditionalSelect(Vector.LessThan(found, old), found, old);
            own.CopyTo(nearest[j..]);
            most = Vector.ConditionalSelect(Vector.GreaterThan(own, most), own, most);
        }
        for (var lane = 0; lane < Vector<T>.Count; lane++)
            if (most[lane] > largest) largest = most[lane];
        for (; j < nearest.Length; j++)
        {
            if (distances[j] < nearest[j]) nearest[j] = distances[j];
            if (nearest[j] > largest) largest = nearest[j];
        }
        return largest;
    }
}
