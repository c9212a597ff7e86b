using static TorchSharp.torch;

namespace LieConv.Training.Pictures;

/// <summary>Points of a space as a picture of a plane.</summary>
internal static class PlaneProjection
{
    /// <summary>Coordinates in the plane from the points' mean, and the depth towards the viewer: points of space seen
    /// along the direction in which they spread least.</summary>
    /// <param name="positions">Three numbers a point.</param>
    public static (double X, double Y, double Depth)[] Widest(ReadOnlySpan<double> positions) => Widest(positions, 3);

    /// <summary>The same for points of any space: on a line they lie side by side, in the plane as they are, and of more
    /// than three dimensions the three directions of the largest spread are kept.</summary>
    /// <param name="positions">As many numbers a point as there are dimensions.</param>
    /// <param name="dimensions">At least 1.</param>
    public static (double X, double Y, double Depth)[] Widest(ReadOnlySpan<double> positions, int dimensions)
    {
        using var scope = NewDisposeScope();
        var points = tensor(positions.ToArray(), [positions.Length / dimensions, dimensions]);
        points -= points.mean([0L], keepdim: true);
        if (dimensions >= 3)
        {
            var (_, axes) = linalg.eigh(points.t().matmul(points));                // ascending: the least spread is first
            points = points.matmul(axes).flip(1);
        }
        var seen = points.contiguous().data<double>().ToArray();
        return
        [
            .. Enumerable.Range(0, seen.Length / dimensions).Select(i => (
                seen[dimensions * i],
                dimensions > 1 ? seen[dimensions * i + 1] : 0,
                dimensions > 2 ? seen[dimensions * i + 2] : 0)),
        ];
    }
}
