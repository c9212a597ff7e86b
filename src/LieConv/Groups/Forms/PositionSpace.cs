using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Positions whose distance, times a scale, bounds the group's.</summary>
internal sealed class PositionSpace(int dimension, double scale) : SearchSpace
{
    /// <inheritdoc/>
    public override int Dimension => dimension;

    /// <inheritdoc/>
    public override double[] Coordinates(Tensor points)
    {
        if (dimension == 0) return [];
        var coordinates = points.contiguous().data<double>().ToArray();
        foreach (ref var coordinate in coordinates.AsSpan()) coordinate *= scale;
        return coordinates;
    }

    /// <inheritdoc/>
    public override double Gap(ReadOnlySpan<double> box, ReadOnlySpan<double> point) =>
        Euclidean(box, point, 0, dimension);

    /// <inheritdoc/>
    public override double GapBetween(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        EuclideanBetween(a, b, 0, dimension);
}
