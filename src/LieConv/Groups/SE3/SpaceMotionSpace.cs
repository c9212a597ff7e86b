using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Motions of space, elements (w, x, y, z, position): (2 alpha q, (1 - alpha) position).</summary>
/// <remarks>Unit quaternions q and -q are one rotation; the angle between two is 4 asin(c / 2) for the chord
/// c = min |q ∓ q'|, which is at least 2 c.</remarks>
internal sealed class SpaceMotionSpace(double alpha) : SearchSpace
{
    /// <summary>Angles of float32 elements differ by rounding of about this.</summary>
    private const double Rounding = 4e-6;

    private readonly double _rounding = Rounding * alpha;

    /// <inheritdoc/>
    public override int Dimension => 7;

    /// <inheritdoc/>
    public override double[] Coordinates(Tensor points)
    {
        var coordinates = points.contiguous().data<double>().ToArray();
        for (var i = 0; i < coordinates.Length; i += 7)
        {
            var square = 0.0;
            for (var j = 0; j < 4; j++) square += coordinates[i + j] * coordinates[i + j];
            var factor = 2 * alpha / Math.Sqrt(square) * (coordinates[i] < 0 ? -1 : 1);
            for (var j = 0; j < 4; j++) coordinates[i + j] *= factor;
            for (var j = 4; j < 7; j++) coordinates[i + j] *= 1 - alpha;
        }
        return coordinates;
    }

    /// <inheritdoc/>
    public override double Gap(ReadOnlySpan<double> box, ReadOnlySpan<double> point) =>
        Turn(Euclidean(box, point, 0, 4), box, point) + Euclidean(box, point, 4, 7);

    /// <inheritdoc/>
    public override double GapBetween(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        Turn(EuclideanBetween(a, b, 0, 4), EuclideanBetween(a, b, 0, 4, mirrored: true)) +
        EuclideanBetween(a, b, 4, 7);

    private double Turn(double same, ReadOnlySpan<double> box, ReadOnlySpan<double> point) =>
        same <= _rounding ? 0 : Turn(same, Euclidean(box, point, 0, 4, -1));

    private double Turn(double same, double mirrored) => Math.Max(Math.Min(same, mirrored) - _rounding, 0);
}
