using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One logarithm in two forms: of elements in tensors, with derivatives of any order, and of relative motions v⁻¹u in one
// pass over memory. It is (θ, V⁻¹t) with θ in (-π, π] and V⁻¹t = h cot h · t - h · t turned by a right angle, h = θ/2
// (https://ethaneade.com/lie.pdf, section 3).
public sealed partial class SE2
{
    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent)
    {
        var (angle, velocity) = Split(tangent);
        var squared = angle * angle;
        return cat(
            [angle, velocity * SafeSeries.Sinc(squared) + Turned(velocity) * (angle * SafeSeries.Cosc(squared))], -1);
    }

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element)
    {
        var (angle, translation) = Split(element);
        angle = Polar.Wrap(angle);
        var squared = angle * angle;
        var halfCotangent = Scalars.Of(1) - squared * SafeSeries.HalfCotangentDefect(squared);
        return cat([angle, translation * halfCotangent - Turned(translation) * (angle / Scalars.Of(2))], -1);
    }

    Tensor? IFusedRelative.RelativeLog(Tensor origin, Tensor target) => RelativeMotions.Logs<Motion>(origin, target);

    /// <summary>Vectors turned by a right angle counter-clockwise.</summary>
    private static Tensor Turned(Tensor vector) => cat([-vector.narrow(-1, 1, 1), vector.narrow(-1, 0, 1)], -1);

    /// <summary>The logarithm of one relative motion.</summary>
    internal readonly unsafe struct Motion : IMotion
    {
        /// <inheritdoc/>
        public static int ElementDim => 3;

        /// <inheritdoc/>
        public static int AlgebraDim => 3;

        /// <inheritdoc/>
        public static void RelativeLog(float* origin, float* target, float* log)
        {
            // Widened before the differences: positions far from the origin keep the digits of what lies between them.
            var difference = (double)target[0] - origin[0];
            var (dx, dy) = ((double)target[1] - origin[1], (double)target[2] - origin[2]);
            var (sine, cosine) = Math.SinCos(origin[0]);
            var (x, y) = (cosine * dx + sine * dy, cosine * dy - sine * dx);
            var angle = difference - 2 * Math.PI * Math.Ceiling(difference / (2 * Math.PI) - 0.5);
            var half = angle / 2;
            var (sineOfHalf, cosineOfHalf) = Math.SinCos(half);
            var along = half == 0 ? 1 : half * cosineOfHalf / sineOfHalf;
            log[0] = (float)angle;
            log[1] = (float)(along * x + half * y);
            log[2] = (float)(along * y - half * x);
        }
    }
}
