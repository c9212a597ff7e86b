using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Diagonal changes of basis, by powers of two, after which no matrix is large in its corner only.</summary>
/// <remarks>exp and log commute with a change of basis. Their cost and their round-off follow the norm, which a far
/// translation beside a small rotation dominates without need: D⁻¹ A D with the diagonal D of Osborne 1960
/// (https://doi.org/10.1145/321043.321048) has rows and columns of like size, and one where a row or column has
/// nothing off the diagonal, as in [[A, t], [0, 1]]. Powers of two leave every digit as it is.</remarks>
internal static class MatrixBalance
{
    private const int Sweeps = 6;

    /// <summary>The diagonals of D for matrices (n, r, r), shape (n, r); null where all are small as they are. No
    /// derivatives: the value does not depend on D.</summary>
    public static Tensor? Scales(Tensor matrices)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var rows = matrices.shape[^1];
        var diagonal = eye(rows, dtype: ScalarType.Bool, device: matrices.device);
        var sizes = matrices.detach().abs().masked_fill(diagonal, Scalars.Of(0));
        var isLarge = sizes.sum(-1).maximum(sizes.sum(-2)) > Scalars.Of(1);
        if (!isLarge.any().item<bool>()) return null;
        var scales = ones(matrices.shape[..^1], dtype: matrices.dtype, device: matrices.device);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var before = scales.clone();
            for (var i = 0; i < rows; i++)
            {
                var (row, column) = (sizes.select(-2, i).sum(-1), sizes.select(-1, i).sum(-1));      // (n)
                var factor = Factor(row, column);
                sizes.select(-2, i).div_(factor.unsqueeze(-1));
                sizes.select(-1, i).mul_(factor.unsqueeze(-1));
                scales.select(-1, i).mul_(factor);
            }
            if (scales.Equals(before)) break;
        }
        return scope.MoveToOuter(scales);
    }

    /// <summary>D⁻¹ A D; A itself where there are no scales.</summary>
    public static Tensor Apply(Tensor matrices, Tensor? scales) =>
        scales is null ? matrices : matrices * (scales.unsqueeze(-2) / scales.unsqueeze(-1));

    /// <summary>D A D⁻¹, the inverse of <see cref="Apply"/>.</summary>
    public static Tensor Undo(Tensor matrices, Tensor? scales) =>
        scales is null ? matrices : matrices * (scales.unsqueeze(-1) / scales.unsqueeze(-2));

    /// <summary>What to multiply a column by, and divide its row by.</summary>
    private static Tensor Factor(Tensor row, Tensor column)
    {
        var (one, none) = (ones_like(row), Scalars.Of(0));
        var (emptyRow, emptyColumn) = (row == none, column == none);
        var ratio = (where(emptyRow, one, row) / where(emptyColumn, one, column)).sqrt();
        ratio = where(emptyRow, column.clamp_min(Scalars.Of(1)).reciprocal(), ratio);
        ratio = where(emptyColumn, row.clamp_min(Scalars.Of(1)), ratio);
        ratio = where(row.maximum(column) <= Scalars.Of(1), one, ratio);
        return ratio.log2().round().exp2();
    }
}
