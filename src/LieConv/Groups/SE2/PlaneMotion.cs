namespace LieConv.Groups;

/// <summary>SE(2): elements (θ, x, y).</summary>
internal readonly unsafe struct PlaneMotion : IMotion
{
    /// <inheritdoc/>
    public static int ElementDim => 3;

    /// <inheritdoc/>
    public static int AlgebraDim => 3;

    /// <summary>(θ, V⁻¹t) with θ in (-π, π] and V⁻¹t = h cot h · t - h · t turned by a right angle, h = θ/2.</summary>
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
