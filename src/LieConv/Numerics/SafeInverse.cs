using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Inverses of batches in which a matrix may be singular.</summary>
internal static class SafeInverse
{
    /// <summary>The inverses of matrices (..., r, r), NaN where one is singular or not finite; differentiable.</summary>
    /// <remarks><c>linalg.inv</c> throws for the whole batch where elimination meets a pivot of 0, and then only, which
    /// is where the determinant is 0. (<c>linalg.inv_ex</c>, which would tell, computes a Cholesky factor in TorchSharp
    /// 0.107.)</remarks>
    public static Tensor Compute(Tensor matrices)
    {
        Tensor isRegular;
        using (no_grad())
        {
            var determinant = linalg.det(matrices.detach());
            isRegular = determinant.isfinite().logical_and(determinant != Scalars.Of(0L)).unsqueeze(-1).unsqueeze(-1);
        }
        var identity = eye(matrices.shape[^1], dtype: matrices.dtype, device: matrices.device);
        var inverse = linalg.inv(where(isRegular, matrices, identity));
        return where(isRegular, inverse, full_like(inverse, Scalars.Of(double.NaN)));
    }
}
