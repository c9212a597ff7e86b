using static TorchSharp.torch;

namespace LieConv.Groups;

// What bounds the distance from below, so that a search leaves out boxes of points unseen.
public sealed partial class SE3
{
    SearchSpace? IPairDistances.Space => Alpha > 0 ? new Space(Alpha) : null;

    /// <summary>The logarithm's translation V⁻¹t is never shorter than t.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) =>
        new(points.Elements.narrow(-1, 4, 3), 1 - Alpha, IsDistance: false);

    /// <summary>Elements (w, x, y, z, position) at (2 alpha q, (1 - alpha) position).</summary>
    /// <remarks>Unit quaternions q and -q are one rotation; the angle between two is 4 asin(c / 2) for the chord
    /// c = min |q ∓ q'|, which is at least 2 c.</remarks>
    private sealed class Space(double alpha) : SearchSpace
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
}
