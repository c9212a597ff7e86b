using static TorchSharp.torch;

namespace LieConv.Groups;

// What bounds the distance from below, so that a search leaves out boxes of points unseen.
public sealed partial class SE2
{
    SearchSpace? IPairDistances.Space => Alpha > 0 ? new Space(Alpha) : null;

    /// <summary>The logarithm's translation V⁻¹t is never shorter than t.</summary>
    PositionBound IBoundedByPositions.Bound(LiftedElements points) =>
        new(points.Elements.narrow(-1, 1, 2), 1 - Alpha, IsDistance: false);

    /// <summary>Elements (θ, x, y) at (alpha θ, (1 - alpha) (x, y)), the angle on its circle.</summary>
    private sealed class Space(double alpha) : SearchSpace
    {
        /// <summary>Angles of float32 elements differ by rounding of about this.</summary>
        private const double Rounding = 4e-6;

        private readonly double _circle = 2 * Math.PI * alpha;
        private readonly double _rounding = Rounding * alpha;

        /// <inheritdoc/>
        public override int Dimension => 3;

        /// <inheritdoc/>
        public override double[] Coordinates(Tensor points)
        {
            var coordinates = points.contiguous().data<double>().ToArray();
            for (var i = 0; i < coordinates.Length; i += 3)
            {
                coordinates[i] = alpha * Math.IEEERemainder(coordinates[i], 2 * Math.PI);
                coordinates[i + 1] *= 1 - alpha;
                coordinates[i + 2] *= 1 - alpha;
            }
            return coordinates;
        }

        /// <inheritdoc/>
        public override double Gap(ReadOnlySpan<double> box, ReadOnlySpan<double> point) =>
            OnCircle(box[0], box[3], point[0], point[0]) + Euclidean(box, point, 1, 3);

        /// <inheritdoc/>
        public override double GapBetween(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
            OnCircle(a[0], a[3], b[0], b[3]) + EuclideanBetween(a, b, 1, 3);

        /// <summary>The gap between two arcs, the shorter way round.</summary>
        private double OnCircle(double low, double high, double otherLow, double otherHigh)
        {
            var gap = 0.0;
            if (low > otherHigh) gap = Math.Min(low - otherHigh, otherLow + _circle - high);
            else if (otherLow > high) gap = Math.Min(otherLow - high, low + _circle - otherHigh);
            return Math.Max(gap - _rounding, 0);
        }
    }
}
