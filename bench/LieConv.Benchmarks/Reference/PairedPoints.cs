using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>What flows through the reference network: as in the original, each item has its own table of all pairs.
/// </summary>
/// <param name="Pairs">Relative coordinates of all pairs, shape (b, n, n, d + 2q).</param>
/// <param name="Values">Shape (b, n, c).</param>
/// <param name="Mask">True for points and false for padding, shape (b, n).</param>
internal readonly record struct PairedPoints(Tensor Pairs, Tensor Values, Tensor Mask)
{
    /// <summary>The points that were picked, and the table of their pairs.</summary>
    /// <remarks>Indexing around a slice puts the picked dimension first, so that the table comes out transposed, as it
    /// does in the original; our blocks know it as reversed pairs.</remarks>
    /// <param name="picks">Indices (b, m); null where all points stay.</param>
    public PairedPoints At(Tensor? picks)
    {
        if (picks is null) return this;
        using var scope = NewDisposeScope();
        var item = arange(Values.shape[0], dtype: ScalarType.Int64, device: Values.device).unsqueeze(1);
        var rows = Pairs[item, picks];                                                            // (b, m, n, d)
        return new PairedPoints(
            scope.MoveToOuter(rows[TensorIndex.Tensor(item), TensorIndex.Colon, TensorIndex.Tensor(picks)]),
            scope.MoveToOuter(Values[item, picks]), scope.MoveToOuter(Mask[item, picks]));
    }
}
