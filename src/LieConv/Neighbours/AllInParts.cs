using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All points as neighbours, too many pairs to be held at once: they are found when they are asked for, some
/// queries at a time.</summary>
/// <param name="finder">Finds them.</param>
/// <param name="search">Queries and points, which must live as long as this.</param>
internal sealed class AllInParts(AllFinder finder, NeighbourSearch search) : Neighborhood
{
    public override Tensor? Indices => null;

    public override Tensor? Mask => search.AllValid();

    /// <summary>All at once, found anew.</summary>
    public override Tensor Relative => finder.All(search).Relative;

    internal override long Queries => search.Queries.Elements.shape[1];

    internal override long PairsOfQuery => search.Support.Elements.shape[0] * search.Support.Elements.shape[1];

    internal override bool HasParts => true;

    internal override Neighborhood Part(long first, long count) => finder.All(search.Narrow(first, count));

    internal override void Check(Tensor values, int relativeDim) => Guard.HasShape(
        values, nameof(values), "(g, n, r, c)", search.Support.Elements.shape[0], search.Support.Elements.shape[1],
        null, null);

    internal override Tensor Convolve(Tensor values, Tensor kernel, ConvolutionWeights layer) =>
        layer.Convolve(values, kernel, null, Mask);

    internal override Tensor Attend(AttentionHeads heads) => heads.OverAll(Mask);
}
