using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Sets where frames are not defined, or nearly so.</summary>
internal static class SymmetricSets
{
    /// <summary>Sets of one shape each, (n, D).</summary>
    public static IEnumerable<Tensor> Of(int dimension)
    {
        var axes = eye(dimension, dtype: ScalarType.Float64);
        var corners = cat([axes, -axes]);                                            // a square, an octahedron
        yield return corners;
        yield return corners + 2;
        yield return corners + axes.narrow(0, 0, 1) * 0.3;
        yield return dimension == 3
            ? tensor(new double[,] { { 1, 1, 1 }, { 1, -1, -1 }, { -1, 1, -1 }, { -1, -1, 1 } })
            : tensor(new double[,] { { 1, 0 }, { -0.5, Math.Sqrt(0.75) }, { -0.5, -Math.Sqrt(0.75) } });
        yield return linspace(-1, 1, 5, dtype: ScalarType.Float64).unsqueeze(1) * axes.narrow(0, 1, 1);
        yield return tensor([0.0, 1, 3, 7], dtype: ScalarType.Float64).unsqueeze(1) * ones_like(axes.narrow(0, 0, 1));
        yield return zeros([4, dimension], dtype: ScalarType.Float64);
        yield return ones([4, dimension], dtype: ScalarType.Float64) / 3;
        yield return ones([1, dimension], dtype: ScalarType.Float64);
        yield return eye(2, dimension, dtype: ScalarType.Float64);
        yield return cat([axes, axes.narrow(0, 0, 1), zeros_like(axes)]);
        yield return corners + corners.roll(1, 1) * 1e-7;
    }
}
