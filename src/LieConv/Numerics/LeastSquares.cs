using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Small least-squares problems in batches.</summary>
internal static class LeastSquares
{
    /// <summary>Far below any direction that counts, and enough to keep the solution finite where one vanishes.
    /// </summary>
    private const double Ridge = 1e-15;

    /// <summary>The inverses (n, k, m) of matrices (n, m, k) with independent columns, by normal equations of columns
    /// of unit length.</summary>
    public static Tensor Inverse(Tensor matrices)
    {
        var lengths = matrices.square().sum(-2, keepdim: true).sqrt().clamp_min(Scalars.Of(1e-300)); // (n, 1, k)
        var columns = matrices / lengths;
        var transposed = columns.transpose(-1, -2);
        var ridge = eye(matrices.shape[^1], dtype: matrices.dtype, device: matrices.device) * Scalars.Of(Ridge);
        var inverse = SafeInverse.Compute(transposed.matmul(columns) + ridge);
        return inverse.matmul(transposed) / lengths.transpose(-1, -2);
    }
}
