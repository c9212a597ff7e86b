using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Rows of sets (b, n, ...) of which some are padding.</summary>
internal static class ValidRows
{
    /// <summary>Rows with 0 for padding, whatever it holds.</summary>
    /// <param name="rows">Shape (b, n, c).</param>
    /// <param name="padding">True for padding, shape (b, n, 1); null where there is none.</param>
    public static Tensor Find(Tensor rows, Tensor? padding) =>
        padding is null ? rows : rows.masked_fill(padding, Scalars.Of(0));

    /// <summary>Rows less the mean of the valid ones, and 0 for padding.</summary>
    /// <param name="rows">Shape (b, n, c), 0 for padding.</param>
    /// <param name="valid">1 for rows that count and 0 for padding, shape (b, n, 1).</param>
    public static Tensor Centred(Tensor rows, Tensor valid) =>
        (rows - rows.sum(1, keepdim: true) / valid.sum(1, keepdim: true).clamp_min(Scalars.Of(1))) * valid;
}
