using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

// One logarithm in two forms: of elements in tensors, with derivatives of any order, and of relative motions v⁻¹u in one
// pass over memory.
//
// The rotation vector w of length θ up to π is that of the unit quaternion (cos h, axis · sin h) with h = θ/2, of
// the two signs the one with cos h ≥ 0. The velocity is V⁻¹t = t - w × t / 2 + w × (w × t) (1 - h cot h) / θ²
// (https://ethaneade.com/lie.pdf, section 4), where near 0 the last factor is 1/12 + θ²/720 + ...
public sealed partial class SE3
{
    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent)
    {
        var (w, v) = (tangent.narrow(-1, 0, 3), tangent.narrow(-1, 3, 3));
        var squared = (w * w).sum(-1, keepdim: true);
        var once = UnitQuaternion.Cross(w, v);
        var twice = UnitQuaternion.Cross(w, once);
        var translation = v + once * SafeSeries.Cosc(squared) + twice * SafeSeries.Sincc(squared);
        return cat([UnitQuaternion.Exp(w), translation], -1);
    }

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element)
    {
        var (q, t) = Split(element);
        var w = UnitQuaternion.Log(q);
        var once = UnitQuaternion.Cross(w, t);
        var twice = UnitQuaternion.Cross(w, once);
        var defect = SafeSeries.HalfCotangentDefect((w * w).sum(-1, keepdim: true));
        return cat([w, t - once / Scalars.Of(2) + twice * defect], -1);
    }

    Tensor? IFusedRelative.RelativeLog(Tensor origin, Tensor target) => RelativeMotions.Logs<Motion>(origin, target);

    /// <summary>The logarithm of one relative motion.</summary>
    internal readonly unsafe struct Motion : IMotion
    {
        /// <summary>Half angles below this take the first terms of series, to 1e-13.</summary>
        private const double Small = 1e-3;

        /// <inheritdoc/>
        public static int ElementDim => 7;

        /// <inheritdoc/>
        public static int AlgebraDim => 6;

        /// <inheritdoc/>
        public static void RelativeLog(float* origin, float* target, float* log)
        {
            var (w, inverse) = (
                (double)origin[0], new Vector3(-(double)origin[1], -(double)origin[2], -(double)origin[3]));
            var (ofTarget, vector) = ((double)target[0], new Vector3(target[1], target[2], target[3]));
            var cosine = w * ofTarget - inverse.Dot(vector);
            var axis = vector * w + inverse * ofTarget + inverse.Cross(vector);
            if (cosine < 0) (cosine, axis) = (-cosine, axis * -1);
            var shift = new Vector3(
                (double)target[4] - origin[4], (double)target[5] - origin[5], (double)target[6] - origin[6]);
            var twice = inverse.Cross(shift) * 2;
            var t = shift + twice * w + inverse.Cross(twice);

            // From sine and cosine both: the arc cosine alone loses half its digits near no rotation, the arc sine near π.
            var sine = Math.Sqrt(axis.Dot(axis));
            var half = Math.Atan2(sine, cosine);
            var isSmall = half < Small;
            var rotation = axis * (isSmall ? 2 / cosine * (1 - half * half / 3) : 2 * half / sine);
            var defect = isSmall ? 1.0 / 12 + half * half / 180 : (1 - half * cosine / sine) / (4 * half * half);
            var once = rotation.Cross(t);
            rotation.Write(log);
            (t + once * -0.5 + rotation.Cross(once) * defect).Write(log + 3);
        }
    }
}
