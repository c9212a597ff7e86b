using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>The principal logarithm of real matrices without eigenvalues on the closed negative real axis, without
/// derivatives.</summary>
/// <remarks>Inverse scaling and squaring: square roots until the matrix is within <see cref="Radius"/> of the identity,
/// then log(1 + E) = ∫₀¹ E (1 + tE)⁻¹ dt by Gauss-Legendre quadrature with eight nodes, which is the diagonal Padé
/// approximant and leaves less than 1e-17 at that radius (Higham, Functions of Matrices, SIAM 2008, chapter 11). Each
/// matrix takes the roots that it needs itself, since each root doubles the round-off.</remarks>
internal static class MatrixLogarithm
{
    private const double Radius = 0.25;
    private const int MostRoots = 64;
    private const int MostIterations = 64;

    /// <summary>The iteration converges quadratically: a step from here ends at round-off.</summary>
    private const double Enough = 1e-8;

    private static readonly (double Node, double Weight)[] Quadrature = Legendre(
        [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363],
        [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763]);

    /// <summary>The logarithms of matrices (n, r, r) in double precision, and where there is one, shape (n): the others
    /// have an eigenvalue on the negative real axis or are singular, and get 0.</summary>
    public static (Tensor Logarithm, Tensor Found) Of(Tensor matrices)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var identity = eye(matrices.shape[^1], dtype: matrices.dtype, device: matrices.device);
        var current = matrices.detach().clone();
        var found = ones(matrices.shape[0], dtype: ScalarType.Bool, device: matrices.device);
        var roots = zeros([matrices.shape[0], 1, 1], dtype: matrices.dtype, device: matrices.device);
        for (var i = 0; i < MostRoots; i++)
        {
            var far = (Norm(current - identity) > Scalars.Of(Radius)).nonzero().squeeze(1);
            if (far.numel() == 0) break;
            var (root, converged) = SquareRoot(current.index_select(0, far), identity);
            current.index_copy_(0, far, where(converged.reshape(-1, 1, 1), root, identity));
            found.index_copy_(0, far, converged);
            var one = ones([far.numel(), 1, 1], dtype: roots.dtype, device: roots.device);
            roots.index_add_(0, far, one, Scalars.Of(1));
        }
        var offset = where(found.reshape(-1, 1, 1), current - identity, zeros_like(current));
        var sum = zeros_like(offset);
        foreach (var (node, weight) in Quadrature)
            sum.add_(linalg.solve(identity + offset * Scalars.Of(node), offset) * Scalars.Of(weight));
        var logarithm = sum * roots.exp2();
        return (scope.MoveToOuter(logarithm), scope.MoveToOuter(found));
    }

    /// <summary>Denman and Beavers' iteration in its product form (Cheng, Higham, Kenney and Laub 2001,
    /// https://doi.org/10.1137/S0895479899364015): X → A^½ and M → 1, where M = X⁻¹ A X⁻¹ never loses what it has
    /// converged to. Eigenvalues on the negative axis stay there and M does not converge.</summary>
    private static (Tensor Root, Tensor Converged) SquareRoot(Tensor matrices, Tensor identity)
    {
        var (x, m) = (matrices.clone(), matrices.clone());
        var converged = zeros(matrices.shape[0], dtype: ScalarType.Bool, device: matrices.device);
        var active = Rows.All(matrices);
        var half = Scalars.Of(0.5);
        for (var i = 0; i < MostIterations && active.numel() > 0; i++)
        {
            var (from, near) = (m.index_select(0, active), x.index_select(0, active));
            var inverse = SafeInverse.Compute(from);
            var next = near.matmul(identity + inverse) * half;
            x.index_copy_(0, active, next);
            m.index_copy_(0, active, (identity + (from + inverse) * half) * half);
            var last = Norm(from - identity) < Scalars.Of(Enough);
            converged.index_copy_(0, active, last);
            var open = last.logical_not().logical_and_(next.flatten(1).isfinite().all(1));
            active = active.index_select(0, open.nonzero().squeeze(1));
        }
        return (x, converged);
    }

    private static Tensor Norm(Tensor matrices) => matrices.square().flatten(1).sum(1).sqrt();

    private static (double Node, double Weight)[] Legendre(double[] nodes, double[] weights) =>
        [.. nodes.Select(x => -x).Concat(nodes).Zip(weights.Concat(weights), (x, w) => ((1 + x) / 2, w / 2))];
}
