using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The logarithm of a matrix group in components of its algebra, twice differentiable.</summary>
/// <remarks>
/// <para>The value is the principal matrix logarithm, by least squares onto the generators, in double precision. Where
/// large and small entries together lose it (a boost: the matrix holds eˢ, and e⁻ˢ only as what rounding left of it) it
/// is the start of Gauss-Newton steps for the group element exp(a) that is nearest to the matrix, which needs the large
/// entries only.</para>
/// <para>Derivatives are those of the solution a(M) of exp(a) = M: two steps a ← a + P (M - exp(a)) with the constant P
/// that inverts the derivative of exp at the value. Each carries one more order to the solution.</para>
/// </remarks>
/// <param name="basis">The algebra.</param>
internal sealed class AlgebraLogarithm(AlgebraBasis basis)
{
    private const int MostSteps = 60;

    /// <summary>Longest step of Gauss-Newton, as the norm of its balanced matrix.</summary>
    private const double LongestStep = 1;

    /// <summary>A relative step after which Gauss-Newton is at round-off.</summary>
    private const double Enough = 1e-12;

    /// <summary>Relative round-off from which on the matrix is moved off the eigenvalues that it may have made
    /// negative.</summary>
    private const double Doubtful = 1e-4;

    /// <summary>Components (..., d) of matrices (..., r, r), of their element type; NaN where there is no logarithm.
    /// </summary>
    public Tensor Of(Tensor matrix)
    {
        var flat = matrix.to_type(ScalarType.Float64).reshape(-1, basis.Rows, basis.Rows);
        var (tangent, scales) = Value(flat.detach(), RoundOff(matrix.dtype));
        if (is_grad_enabled() && flat.requires_grad && tangent.numel() > 0) tangent = Attach(tangent, flat, scales);
        return tangent.to_type(matrix.dtype).reshape([.. matrix.shape[..^2], basis.Count]);
    }

    private (Tensor Tangent, Tensor? Scales) Value(Tensor matrix, double roundOff)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var finite = matrix.isfinite().flatten(1).all(1);
        var identity = eye(basis.Rows, dtype: matrix.dtype, device: matrix.device);
        matrix = where(finite.reshape(-1, 1, 1), matrix, identity);
        var scales = MatrixBalance.Scales(matrix);
        var balanced = MatrixBalance.Apply(matrix, scales);
        var size = Norm(balanced);
        var inverse = SafeInverse.Compute(balanced);
        var condition = (size * Norm(inverse)).nan_to_num(double.MaxValue, double.MaxValue, 0);
        // Rounding may have made the smallest eigenvalues negative: a shift by what it can be makes them positive.
        var shift = where(
            condition > Scalars.Of(Doubtful / roundOff), size * Scalars.Of(8 * roundOff), zeros_like(size));
        var (logarithm, found) = MatrixLogarithm.Of(balanced + identity * shift.reshape(-1, 1, 1));
        var tangent = basis.Vee(MatrixBalance.Undo(logarithm, scales));
        var isDoubtful = (condition > Scalars.Of(Limit(roundOff))).logical_or(found.logical_not());
        var doubtful = isDoubtful.nonzero().squeeze(1);
        if (doubtful.numel() > 0)
        {
            var better = Nearest(
                tangent.index_select(0, doubtful), matrix.index_select(0, doubtful), found.index_select(0, doubtful),
                scales?.index_select(0, doubtful), roundOff);
            tangent.index_copy_(0, doubtful, better);
        }
        tangent = where(finite.unsqueeze(1), tangent, full_like(tangent, Scalars.Of(double.NaN)));
        return (scope.MoveToOuter(tangent), scales is null ? null : scope.MoveToOuter(scales));
    }

    /// <summary>The components of the nearest group elements, from those found or, where there are none, from those of
    /// a matrix close by: a rotation by π has eigenvalues on the negative axis, the ones beside it have not.</summary>
    private Tensor Nearest(Tensor found, Tensor matrix, Tensor isFound, Tensor? scales, double roundOff)
    {
        var aside = MatrixExponential.Compute(basis.Hat(Aside(matrix)));
        var (logarithm, isNear) = MatrixLogarithm.Of(MatrixBalance.Apply(matrix.matmul(aside), scales));
        var near = basis.Vee(MatrixBalance.Undo(logarithm, scales));
        var tangent = where(isFound.unsqueeze(1), found, near);
        var active = Rows.All(matrix);
        for (var step = 0; step < MostSteps && active.numel() > 0; step++)
        {
            var (a, m) = (tangent.index_select(0, active), matrix.index_select(0, active));
            var d = scales?.index_select(0, active);
            var exponential = MatrixExponential.Compute(basis.Hat(a));
            var change = Apply(Inverse(a, exponential, d), m - exponential, d);
            var length = Norm(MatrixBalance.Apply(basis.Hat(change), d)).unsqueeze(1);
            tangent.index_copy_(0, active, a + change / (length / Scalars.Of(LongestStep)).clamp_min(Scalars.Of(1)));
            var size = (Norm(MatrixBalance.Apply(basis.Hat(a), d)) + Scalars.Of(1)).unsqueeze(1);
            active = active.index_select(0, (length > size * Scalars.Of(Enough)).squeeze(1).nonzero().squeeze(1));
        }
        var gap = Norm(MatrixBalance.Apply(matrix - MatrixExponential.Compute(basis.Hat(tangent)), scales)) /
            Norm(MatrixBalance.Apply(matrix, scales));
        var isGood = gap < Scalars.Of(Math.Sqrt(roundOff));
        var otherwise = where(isFound.unsqueeze(1), found, full_like(found, Scalars.Of(double.NaN)));
        return where(isGood.unsqueeze(1), tangent, otherwise);
    }

    /// <summary>A small tangent of no special direction, shape (1, d).</summary>
    private Tensor Aside(Tensor like) => tensor(
        Enumerable.Range(1, basis.Count).Select(i => 0.01 * Math.Cos(i)).ToArray(), [1, basis.Count], dtype: like.dtype,
        device: like.device);

    private Tensor Attach(Tensor value, Tensor matrix, Tensor? scales)
    {
        Tensor inverse, exponential;
        using (no_grad())
        {
            exponential = MatrixExponential.Compute(basis.Hat(value));
            inverse = Inverse(value, exponential, scales);
        }
        // Where rounding has moved the matrix off the group it keeps its distance: the value is the same with and
        // without derivatives.
        var moved = matrix - matrix.detach() + exponential;
        var tangent = value + Apply(inverse, moved - exponential, scales);
        return tangent + Apply(inverse, moved - MatrixExponential.Compute(basis.Hat(tangent)), scales);
    }

    private static Tensor Apply(Tensor inverse, Tensor difference, Tensor? scales) =>
        inverse.matmul(MatrixBalance.Apply(difference, scales).flatten(1).unsqueeze(-1)).squeeze(-1);

    /// <summary>The least-squares inverse of the derivative of exp at a, from balanced matrices to components, shape
    /// (n, d, r²). The derivative along the i-th generator is Hat(Σ (ad a)ᵏ / (k + 1)! eᵢ) exp(a).</summary>
    private Tensor Inverse(Tensor tangent, Tensor exponential, Tensor? scales)
    {
        var directions = MatrixExponential.Quotient(basis.Brackets(tangent)).transpose(-1, -2);      // (n, i, d)
        var moved = basis.Hat(directions).matmul(exponential.unsqueeze(1));                          // (n, i, r, r)
        var columns = MatrixBalance.Apply(moved, scales?.unsqueeze(1)).flatten(2).transpose(-1, -2); // (n, r², i)
        return LeastSquares.Inverse(columns);
    }

    private static Tensor Norm(Tensor matrices) => matrices.square().flatten(1).sum(1).sqrt();

    private static double RoundOff(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => 1.1e-16,
        ScalarType.Float32 => 6e-8,
        ScalarType.Float16 => 5e-4,
        _ => 4e-3,
    };

    /// <summary>The condition from which on the plain logarithm is not accurate enough.</summary>
    private static double Limit(double roundOff) => roundOff < 1e-12 ? 1e4 : 30;
}
