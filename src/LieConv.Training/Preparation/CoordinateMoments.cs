namespace LieConv.Training.Preparation;

/// <summary>Finds the scale of the training part's coordinates, in one pass and without holding them.</summary>
/// <remarks>The scale is the root mean square deviation of a coordinate from the mean of its set, over all points and
/// coordinates. It does not change when sets are turned or moved, and it is that of the shapes, however far apart the
/// sets are. Where sets have one point only it is the deviation from the mean of all.</remarks>
/// <param name="dimensions">Coordinates of a point.</param>
public sealed class CoordinateMoments(int dimensions)
{
    private readonly ColumnMoments _all = new(dimensions);
    private double _within;

    /// <summary>Adds a set.</summary>
    /// <param name="positions">Point by point, finite.</param>
    public void Add(ReadOnlySpan<double> positions)
    {
        _all.Add(positions);
        var own = new ColumnMoments(dimensions);
        own.Add(positions);
        for (var d = 0; d < dimensions; d++)
        {
            var deviation = own.IsConstant(d) ? 0 : own.ScaleOf(d).Scale;
            _within += own.Count * deviation * deviation;
        }
    }

    /// <summary>The scale; 1 where all points are alike.</summary>
    /// <param name="centred">Whether the mean of all points becomes the origin. Not where the symmetry is about an origin
    /// that means something.</param>
    public CoordinateScale Scale(bool centred)
    {
        var scales = _all.Scales;
        var within = Root(_within, _all.Count);
        var between = Root(scales.Index().Sum(column =>
            _all.IsConstant(column.Index) ? 0 : column.Item.Scale * column.Item.Scale), 1);
        return new CoordinateScale(
            centred ? [.. scales.Select(column => column.Mean)] : new double[dimensions],
            within > 0 ? within : between > 0 ? between : 1);
    }

    private double Root(double squares, long points) =>
        points == 0 ? 0 : Math.Sqrt(squares / points / dimensions);
}
