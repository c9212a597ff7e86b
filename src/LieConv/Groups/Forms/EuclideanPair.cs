namespace LieConv.Groups;

/// <summary>The distance of positions, times a scale.</summary>
internal readonly struct EuclideanPair(double scale) : IPairDistance
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double limit)
    {
        var square = 0.0;
        for (var i = 0; i < u.Length; i++) square += (u[i] - v[i]) * (u[i] - v[i]);
        return scale * Math.Sqrt(square);
    }
}
