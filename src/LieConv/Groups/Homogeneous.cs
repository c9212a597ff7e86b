using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Homogeneous matrices [[A, t], [0, 1]] of affine maps.</summary>
internal static class Homogeneous
{
    /// <summary>Matrices of linear parts (..., D, D) and translations (..., D), shape (..., D + 1, D + 1).</summary>
    public static Tensor Matrix(Tensor linear, Tensor translation)
    {
        var upper = cat([linear, translation.unsqueeze(-1)], -1);
        var dim = translation.shape[^1];
        var last = zeros(dim + 1, dtype: linear.dtype, device: linear.device);
        last[dim] = 1;
        return cat([upper, last.expand([.. translation.shape[..^1], 1, dim + 1])], -2);
    }

    /// <summary>The last column without its 1, shape (..., D).</summary>
    public static Tensor Translation(Tensor matrix) =>
        matrix.select(-1, matrix.shape[^1] - 1).narrow(-1, 0, matrix.shape[^1] - 1);

    /// <summary>The linear part, shape (..., D, D).</summary>
    public static Tensor Linear(Tensor matrix) =>
        matrix.narrow(-1, 0, matrix.shape[^1] - 1).narrow(-2, 0, matrix.shape[^1] - 1);
}
