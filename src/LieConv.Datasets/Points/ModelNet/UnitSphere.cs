namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Clouds as the h5 files have them: mean 0, the farthest point at distance 1, y up.</summary>
internal static class UnitSphere
{
    /// <summary>Shifts and scales points, in place.</summary>
    /// <param name="positions">Coordinates, row-major (n, 3).</param>
    /// <returns>False where all points are one.</returns>
    public static bool TryFit(double[] positions)
    {
        var count = positions.Length / 3;
        Span<double> mean = stackalloc double[3];
        mean.Clear();
        for (var i = 0; i < positions.Length; i++) mean[i % 3] += positions[i] / count;
        var farthest = 0.0;
        for (var i = 0; i < positions.Length; i++) positions[i] -= mean[i % 3];
        for (var i = 0; i < positions.Length; i += 3)
            farthest = Math.Max(farthest, Math.Sqrt(positions[i] * positions[i]
                + positions[i + 1] * positions[i + 1] + positions[i + 2] * positions[i + 2]));
        if (!(farthest > 0) || !double.IsFinite(farthest)) return false;
        for (var i = 0; i < positions.Length; i++) positions[i] /= farthest;
        return true;
    }

    /// <summary>Turns the z axis, which is up in the .off files, into y: (x, y, z) becomes (x, z, -y).</summary>
    /// <param name="positions">Coordinates, row-major (n, 3).</param>
    public static void StandUp(double[] positions)
    {
        for (var i = 0; i < positions.Length; i += 3)
            (positions[i + 1], positions[i + 2]) = (positions[i + 2], -positions[i + 1]);
    }
}
