using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>The exponential of real matrices, in double precision inside, for any batch, a single matrix
/// included.</summary>
/// <remarks>Stands in for libtorch's <c>matrix_exp</c>, which in 2.10 errs for a batch of one matrix, by 2e-10 in
/// double and 5e-5 in single precision (https://github.com/pytorch/pytorch/issues/196592), and whose derivatives are
/// exponentials of twice the size. Scaling and squaring (Higham, Functions of Matrices, SIAM 2008, chapter 10): each
/// matrix is balanced and halved until its norm is below <see cref="Radius"/>, where the Taylor polynomial of degree 15
/// leaves less than 1e-18, and squared as often. How often is each matrix's own, so that no matrix of a batch alters
/// another.</remarks>
internal static class MatrixExponential
{
    private const double Radius = 0.5;
    private const int Degree = 15;

    /// <summary>Beyond this many halvings the exponential has no finite double anyway, or is 0.</summary>
    private const int MostHalvings = 64;

    /// <summary>The exponentials of matrices (..., r, r), of their shape and element type; NaN where an entry is not
    /// finite. Any number of derivatives.</summary>
    public static Tensor Compute(Tensor matrix)
    {
        var flat = matrix.to_type(ScalarType.Float64).reshape(-1, matrix.shape[^2], matrix.shape[^1]);
        return OfFinite(flat).to_type(matrix.dtype).reshape(matrix.shape);
    }

    /// <summary>Σ Aᵏ / (k + 1)!, which is (exp(A) - 1) A⁻¹ where A can be inverted; matrices (n, d, d) in double
    /// precision.</summary>
    public static Tensor Quotient(Tensor matrix)
    {
        var (count, rows) = (matrix.shape[0], matrix.shape[^1]);
        var identity = eye(rows, dtype: matrix.dtype, device: matrix.device).expand([count, rows, rows]);
        var upper = cat([matrix, identity], -1);
        var block = cat([upper, zeros_like(upper)], -2);
        return Compute(block).narrow(-2, 0, rows).narrow(-1, rows, rows);
    }

    private static Tensor OfFinite(Tensor matrix)
    {
        var finite = matrix.detach().isfinite().flatten(1).all(1).reshape(-1, 1, 1);
        matrix = where(finite, matrix, zeros_like(matrix));
        var scales = MatrixBalance.Scales(matrix);
        var balanced = MatrixBalance.Apply(matrix, scales);
        var halvings = Halvings(balanced);                                                           // (n, 1, 1)
        var power = Polynomial(balanced * halvings.neg().exp2());
        var most = halvings.numel() == 0 ? 0 : halvings.max().item<double>();
        for (var step = 0; step < most; step++)
            power = where(halvings > Scalars.Of(step), power.matmul(power), power);
        var result = MatrixBalance.Undo(power, scales);
        return where(finite, result, full_like(result, Scalars.Of(double.NaN)));
    }

    private static Tensor Halvings(Tensor matrix)
    {
        using var quiet = no_grad();
        var norm = matrix.detach().abs().sum(-1).amax([-1L], keepdim: true).unsqueeze(-1);
        return (norm / Scalars.Of(Radius)).clamp_min(Scalars.Of(1)).log2().ceil()
            .clamp_max(Scalars.Of(MostHalvings));
    }

    /// <summary>Σ Aᵏ / k! to <see cref="Degree"/> by Paterson and Stockmeyer, in six products.</summary>
    private static Tensor Polynomial(Tensor matrix)
    {
        var square = matrix.matmul(matrix);
        Tensor[] powers = [
            eye(matrix.shape[^1], dtype: matrix.dtype, device: matrix.device), matrix, square, square.matmul(matrix)];
        var fourth = square.matmul(square);
        Tensor? sum = null;
        for (var block = Degree / 4; block >= 0; block--)
        {
            var terms = powers[0] * Scalars.Of(OneOverFactorial(4 * block));
            for (var k = 1; k < 4; k++) terms = terms + powers[k] * Scalars.Of(OneOverFactorial((4 * block) + k));
            sum = sum is null ? terms : sum.matmul(fourth) + terms;
        }
        return sum!;
    }

    private static double OneOverFactorial(int n) => n < 2 ? 1 : OneOverFactorial(n - 1) / n;
}
