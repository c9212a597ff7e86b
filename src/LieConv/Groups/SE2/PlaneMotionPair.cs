namespace LieConv.Groups;

/// <summary>The distance of SE(2), elements (θ, x, y): alpha · angle + (1 - alpha) · |V⁻¹t|, where V⁻¹ stretches by
/// (θ/2) / sin(θ/2).</summary>
internal readonly struct PlaneMotionPair(double alpha) : IPairDistance
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
    {
        var (dx, dy) = (u[1] - v[1], u[2] - v[2]);
        var length = Math.Sqrt(dx * dx + dy * dy) * (1 - alpha);
        if (length >= limit) return length;
        var half = Math.Abs(Math.IEEERemainder(u[0] - v[0], 2 * Math.PI)) / 2;
        return 2 * half * alpha + (half == 0 ? length : length * half / Math.Sin(half));
    }
}
