using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Origins of orbits in forms that several groups share.</summary>
internal static class OrbitOrigins
{
    /// <summary>The same point for every orbit, shape (..., D).</summary>
    /// <param name="orbits">Shape (..., q).</param>
    /// <param name="point">Its D coordinates.</param>
    public static Tensor AllAt(Tensor orbits, params double[] point) =>
        tensor(point, dtype: orbits.dtype, device: orbits.device).expand([.. orbits.shape[..^1], point.Length]);

    /// <summary>Points whose coordinates are those of the orbit, or 0, shape (..., D).</summary>
    /// <param name="orbits">Shape (..., q), q at least 1.</param>
    /// <param name="columns">For each coordinate the orbit coordinate that it is; -1 for 0.</param>
    public static Tensor Placed(Tensor orbits, IEnumerable<int> columns)
    {
        var zero = zeros_like(orbits.narrow(-1, 0, 1));
        return cat([.. columns.Select(column => column < 0 ? zero : orbits.narrow(-1, column, 1))], -1);
    }
}
