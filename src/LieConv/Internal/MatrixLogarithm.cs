using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>The principal logarithm of real matrices without eigenvalues on the closed negative real axis.</summary>
/// <remarks>Inverse scaling and squaring: square roots until the matrix is within <see cref="Radius"/> of the identity,
/// then log(1 + E) = ∫₀¹ E (1 + tE)⁻¹ dt by Gauss-Legendre quadrature with eight nodes, which is the diagonal Padé
/// approximant and leaves less than 1e-17 at that radius (Higham, Functions of Matrices, SIAM 2008, chapter 11). All
/// matrices of a batch take the same number of steps, so the result is a smooth function of each.</remarks>
internal static class MatrixLogarithm
{
    private const double Radius = 0.25;
    private const int MostRoots = 40;
    private const int MostIterations = 40;

    /// <summary>Steps after convergence: each carries one more order of derivatives to convergence.</summary>
    private const int DerivativeSteps = 2;

    private static readonly (double Node, double Weight)[] Quadrature = Legendre(
        [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363],
        [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763]);

    /// <summary>The logarithms of matrices (..., r, r), twice differentiable.</summary>
    public static Tensor Of(Tensor matrix)
    {
        var identity = eye(matrix.shape[^1], dtype: matrix.dtype, device: matrix.device);
        var roots = 0;
        while (roots < MostRoots && Largest(matrix - identity) > Radius)
        {
            matrix = SquareRoot(matrix, identity);
            roots++;
        }
        var offset = matrix - identity;
        var sum = zeros_like(offset);
        foreach (var (node, weight) in Quadrature)
            sum = sum + linalg.solve(identity + offset * node, offset) * weight;
        return sum * Math.Pow(2, roots);
    }

    /// <summary>Denman and Beavers' coupled iteration, Y → A^½ and Z → A^-½ quadratically.</summary>
    private static Tensor SquareRoot(Tensor matrix, Tensor identity)
    {
        var (y, z) = (matrix, identity.expand(matrix.shape));
        // Where a step is below the root of the round-off, the next one is at round-off.
        var enough = matrix.dtype == ScalarType.Float64 ? 1e-8 : 1e-4;
        var left = DerivativeSteps + 1;
        for (var i = 0; i < MostIterations && left > 0; i++)
        {
            var next = (y + linalg.inv(z)) / 2;
            z = (z + linalg.inv(y)) / 2;
            if (left <= DerivativeSteps || Largest((next - y) / Norm(next)) < enough) left--;
            y = next;
        }
        return y;
    }

    private static double Largest(Tensor matrices)
    {
        using var quiet = no_grad();
        return matrices.numel() == 0 ? 0 : Norm(matrices).max().to_type(ScalarType.Float64).item<double>();
    }

    private static Tensor Norm(Tensor matrices) => matrices.detach().square().sum([-2L, -1L], keepdim: true).sqrt();

    private static (double Node, double Weight)[] Legendre(double[] nodes, double[] weights) =>
        [.. nodes.Select(x => -x).Concat(nodes).Zip(weights.Concat(weights), (x, w) => ((1 + x) / 2, w / 2))];
}
