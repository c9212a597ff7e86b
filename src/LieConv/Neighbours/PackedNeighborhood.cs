using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All points of each packed set as neighbours of each: the R rows are those of one set, of which each sees
/// its own set alone.</summary>
/// <param name="sets">The sets.</param>
/// <param name="relative">Relative coordinates [log(v⁻¹u), q_u, q_v] of the pairs, shape (P, d + 2q).</param>
internal sealed class PackedNeighborhood(PackedSets sets, Tensor relative) : Neighborhood
{
    public override Tensor? Indices => null;

    public override Tensor? Mask => null;

    public override Tensor Relative => relative;

    internal override long Queries => sets.Rows.shape[0];

    internal override long PairsOfQuery => relative.shape[0] / Math.Max(1, Queries);

    /// <summary>No: sets of one size are worked on together.</summary>
    internal override bool HasParts => false;

    internal override Neighborhood Part(long first, long count) =>
        throw new NotSupportedException("Packed sets are convolved at once.");

    internal override void Check(Tensor values, int relativeDim)
    {
        Guard.HasShape(values, nameof(values), "(1, R, 1, c)", 1, Queries, 1, null);
        Guard.HasShape(relative, nameof(Relative), "(P, d + 2q)", null, relativeDim);
    }

    internal override Tensor Convolve(Tensor values, Tensor kernel, ConvolutionWeights layer)
    {
        var convolved = PackedConvolution.Apply(
            values.flatten(0, 2), kernel, sets.Groups, layer.Weight, layer.Bias, layer.Products);            // (R, o)
        if (layer.Mean) convolved = convolved * sets.Shares(values.dtype);
        return convolved.unsqueeze(0).unsqueeze(2);
    }

    internal override Tensor Attend(AttentionHeads heads) => heads.OverPacked(sets.Groups);
}
