using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>
/// Where points are for a search: coordinates in units of the group's distance, by which boxes bound the distance from
/// below.
/// </summary>
/// <remarks>Positions alone would not do: where they are alike or few, every box would be as near as any other, and each
/// query would look at all points.</remarks>
internal abstract class SearchSpace
{
    /// <summary>Coordinates of a point; 0 where nothing bounds the distance.</summary>
    public abstract int Dimension { get; }

    /// <summary>Whether boxes bound the distance.</summary>
    public bool Bounds => Dimension > 0;

    /// <summary>The space of a group's set.</summary>
    /// <param name="group">The group.</param>
    /// <param name="bound">Positions that bound its distance; null where none do.</param>
    public static SearchSpace Create(LieGroup group, PositionBound? bound) => group switch
    {
        IPairDistances { Space: { } space } => space,
        _ when bound is { } positions => new PositionSpace((int)positions.Positions.shape[^1], positions.Scale),
        _ => new PositionSpace(0, 0),
    };

    /// <summary>Coordinates of points.</summary>
    /// <param name="points">Elements, or positions where they bound the distance alone; float64 on the CPU, shape
    /// (n, e).</param>
    /// <returns>Shape (n, <see cref="Dimension"/>).</returns>
    public abstract double[] Coordinates(Tensor points);

    /// <summary>A distance that no point of a box is nearer than to a point.</summary>
    /// <param name="box">The lowest and the highest coordinates.</param>
    /// <param name="point">Coordinates.</param>
    public abstract double Gap(ReadOnlySpan<double> box, ReadOnlySpan<double> point);

    /// <summary>A distance that no points of two boxes are nearer than.</summary>
    public abstract double GapBetween(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    /// <summary>The distance from a point to a box along some of the axes.</summary>
    private protected static double Euclidean(
        ReadOnlySpan<double> box, ReadOnlySpan<double> point, int first, int end, double sign = 1)
    {
        var (square, p) = (0.0, box.Length / 2);
        for (var i = first; i < end; i++)
        {
            var gap = Math.Max(Math.Max(box[i] - sign * point[i], sign * point[i] - box[p + i]), 0);
            square += gap * gap;
        }
        return Math.Sqrt(square);
    }

    /// <summary>The distance between two boxes along some of the axes.</summary>
    private protected static double EuclideanBetween(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int first, int end, bool mirrored = false)
    {
        var (square, p) = (0.0, a.Length / 2);
        for (var i = first; i < end; i++)
        {
            var (low, high) = mirrored ? (-b[p + i], -b[i]) : (b[i], b[p + i]);
            var gap = Math.Max(Math.Max(a[i] - high, low - a[p + i]), 0);
            square += gap * gap;
        }
        return Math.Sqrt(square);
    }
}
