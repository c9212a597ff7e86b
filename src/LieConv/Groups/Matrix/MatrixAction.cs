using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Matrices acting on points: linearly where the sizes agree, on homogeneous coordinates where r = D + 1.
/// </summary>
internal static class MatrixAction
{
    /// <summary>The moved points, shape (..., D).</summary>
    public static Tensor Apply(Tensor matrix, Tensor point)
    {
        var extended = Extend(point, matrix.shape[^1]);
        return matrix.matmul(extended.unsqueeze(-1)).squeeze(-1).narrow(-1, 0, point.shape[^1]);
    }

    /// <summary>The velocities of points under the generators, shape (..., D, d).</summary>
    public static Tensor Velocities(Tensor generators, Tensor point)
    {
        var extended = Extend(point, generators.shape[^1]);
        return einsum("irk,...k->...ri", generators, extended).narrow(-2, 0, point.shape[^1]);
    }

    private static Tensor Extend(Tensor point, long rows) =>
        point.shape[^1] == rows ? point : cat([point, ones_like(point.narrow(-1, 0, 1))], -1);
}
