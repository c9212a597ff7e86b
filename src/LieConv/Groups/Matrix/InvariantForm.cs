using LieConv.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Positive definite forms that a matrix algebra keeps, which tell a compact group from others.</summary>
internal static class InvariantForm
{
    private const double Tolerance = 1e-8;

    /// <summary>A positive definite S with Xᵀ S + S X = 0 for all X; null where there is none.</summary>
    /// <remarks>S ↦ Xᵀ S + S X acts on symmetric matrices. Under a compact group these are the sum of what the action
    /// keeps and of what it makes, and the part of 1 that it keeps is the mean of 1 over the group: positive definite.
    /// Under another group there is no such S, so that the check of the part found is enough.</remarks>
    /// <param name="algebra">A basis of the algebra, matrices (k, r, r) in double precision.</param>
    public static Tensor? Find(Tensor algebra)
    {
        var rows = algebra.shape[^1];
        var symmetric = Symmetric(rows);                                                             // (m, r, r)
        var x = algebra.unsqueeze(1);
        var made = x.transpose(-1, -2).matmul(symmetric) + symmetric.matmul(x);                      // (k, m, r, r)
        var coordinates = made.flatten(2).matmul(symmetric.flatten(1).transpose(0, 1));              // (k, m, m)
        var kept = Kernel(coordinates.transpose(1, 2).flatten(0, 1));                                // (m, p)
        var range = Kernel(coordinates.flatten(0, 1)) is { } other ? Complement(other) : null;       // (m, p')
        if (kept.shape[1] == 0 || range is null) return null;
        var one = symmetric.flatten(1).matmul(eye(rows, dtype: algebra.dtype).flatten());            // (m)
        var parts = linalg.pinv(cat([kept, range], 1)).matmul(one.unsqueeze(1));
        var form = (kept.matmul(parts.narrow(0, 0, kept.shape[1])) * symmetric.flatten(1)).sum([0L]).reshape(rows, rows);
        form = (form + form.transpose(0, 1)) * Scalars.Of(0.5);
        var defect = (algebra.transpose(-1, -2).matmul(form) + form.matmul(algebra)).abs().max().item<double>();
        var sizes = linalg.eigvalsh(form);
        var (least, most) = (sizes.min().item<double>(), sizes.max().item<double>());
        return least > Tolerance * Math.Max(most, 1) && defect <= Tolerance * most ? form : null;
    }

    /// <summary>An orthonormal basis of the symmetric matrices, shape (r (r + 1) / 2, r, r).</summary>
    public static Tensor Symmetric(long rows)
    {
        var basis = new List<Tensor>();
        for (var i = 0; i < rows; i++)
            for (var j = i; j < rows; j++)
            {
                var entries = new double[rows * rows];
                entries[(i * rows) + j] = entries[(j * rows) + i] = i == j ? 1 : Math.Sqrt(0.5);
                basis.Add(tensor(entries, [rows, rows], dtype: ScalarType.Float64));
            }
        return stack(basis);
    }

    /// <summary>What a matrix (n, m) maps to 0, as columns (m, p).</summary>
    public static Tensor Kernel(Tensor matrix)
    {
        var (_, sizes, right) = linalg.svd(matrix, fullMatrices: true);
        var largest = sizes.numel() == 0 ? 0 : sizes.max().item<double>();
        using Scalar level = (largest * Tolerance).ToScalar();
        var rank = largest == 0 ? 0 : sizes.gt(level).sum().item<long>();
        return right.narrow(0, rank, matrix.shape[1] - rank).transpose(0, 1);
    }

    /// <summary>The columns at right angles to orthonormal ones, shape (m, m - p).</summary>
    private static Tensor Complement(Tensor columns) => Kernel(columns.transpose(0, 1));
}
