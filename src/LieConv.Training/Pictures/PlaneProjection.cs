using static TorchSharp.torch;

namespace LieConv.Training.Pictures;

/// <summary>Points of space seen along the direction in which they spread least.</summary>
internal static class PlaneProjection
{
    /// <summary>Coordinates in the plane from the points' mean, and the depth towards the viewer.</summary>
    /// <param name="positions">Three numbers a point.</param>
    public static (double X, double Y, double Depth)[] Widest(ReadOnlySpan<double> positions)
    {
        using var scope = NewDisposeScope();
        var points = tensor(positions.ToArray(), [positions.Length / 3, 3]);
        points -= points.mean([0L], keepdim: true);
        var (_, axes) = linalg.eigh(points.t().matmul(points));                    // ascending: the least spread is first
        var seen = points.matmul(axes).data<double>().ToArray();
        return [.. Enumerable.Range(0, seen.Length / 3).Select(i => (seen[3 * i + 2], seen[3 * i + 1], seen[3 * i]))];
    }
}
