using LieConv.Cpu;

namespace LieConv.Groups;

/// <summary>SE(3): elements (w, x, y, z, position).</summary>
internal readonly unsafe struct SpaceMotion : IMotion
{
    /// <summary>Angles below this take the first terms of series, to 1e-13.</summary>
    private const double Small = 1e-3;

    /// <inheritdoc/>
    public static int ElementDim => 7;

    /// <inheritdoc/>
    public static int AlgebraDim => 6;

    /// <summary>The rotation vector r of length θ up to π, and V⁻¹t = t - r × t / 2 + r × (r × t) (1 - h cot h) / θ² with
    /// h = θ/2.</summary>
    public static void RelativeLog(float* origin, float* target, float* log)
    {
        var (w, inverse) = ((double)origin[0], new Vector3(-(double)origin[1], -(double)origin[2], -(double)origin[3]));
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
