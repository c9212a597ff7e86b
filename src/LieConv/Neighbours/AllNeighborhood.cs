using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All n points of each set as neighbours of each query, in order.</summary>
/// <param name="mask">Which of them count, boolean, shape (g, m, n); null where all count.</param>
/// <param name="relative">Relative coordinates [log(v⁻¹u), q_u, q_v], shape (g, m, n, d + 2q).</param>
public sealed class AllNeighborhood(Tensor? mask, Tensor relative) : Neighborhood
{
    /// <summary>Null: all points are neighbours.</summary>
    public override Tensor? Indices => null;

    /// <inheritdoc/>
    public override Tensor? Mask => mask;

    /// <inheritdoc/>
    public override Tensor Relative => relative;

    internal override long Queries => relative.shape[1];

    internal override long PairsOfQuery => relative.shape[0] * relative.shape[2];

    internal override bool HasParts => true;

    internal override Neighborhood Part(long first, long count) =>
        new AllNeighborhood(mask?.narrow(1, first, count), relative.narrow(1, first, count));

    internal override void Check(Tensor values, int relativeDim) => Guard.HasShape(
        relative, nameof(Relative), "(g, m, k, d + 2q)", values.shape[0], null, values.shape[1], relativeDim);

    internal override Tensor Convolve(Tensor values, Tensor kernel, ConvolutionWeights layer) =>
        layer.Convolve(values, kernel, null, mask);

    internal override Tensor Attend(AttentionHeads heads) => heads.OverAll(mask);
}
