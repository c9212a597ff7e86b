namespace LieConv.Groups;

/// <summary>The distance of SE(3), elements (w, x, y, z, position): as in
/// <see cref="ScrewDistances"/>, where the formula is derived.</summary>
internal readonly struct SpaceMotionPair(double alpha) : IPairDistance
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
    {
        var (dx, dy, dz) = (u[4] - v[4], u[5] - v[5], u[6] - v[6]);
        var square = dx * dx + dy * dy + dz * dz;
        var shortest = Math.Sqrt(square) * (1 - alpha);                    // V⁻¹ shortens nothing
        if (shortest >= limit) return shortest;
        // q_u times the conjugate of q_v: cos(θ/2), and the axis times sin(θ/2).
        var cosine = Math.Abs(u[0] * v[0] + u[1] * v[1] + u[2] * v[2] + u[3] * v[3]);
        var cx = u[1] * v[0] - u[0] * v[1] - (u[2] * v[3] - u[3] * v[2]);
        var cy = u[2] * v[0] - u[0] * v[2] - (u[3] * v[1] - u[1] * v[3]);
        var cz = u[3] * v[0] - u[0] * v[3] - (u[1] * v[2] - u[2] * v[1]);
        var sineSquare = cx * cx + cy * cy + cz * cz;
        var sine = Math.Sqrt(sineSquare);
        shortest += 2 * sine * alpha;                                      // no angle is smaller than its sine
        if (shortest >= limit || sine == 0) return shortest;
        var half = Math.Atan2(sine, cosine);
        var (stretch, along) = (half / sine, dx * cx + dy * cy + dz * cz);
        var lengthSquare = stretch * stretch * square + (1 - stretch * stretch) * along * along / sineSquare;
        return 2 * half * alpha + Math.Sqrt(Math.Max(lengthSquare, 0)) * (1 - alpha);
    }
}
