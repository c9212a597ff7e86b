using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>Some points of each set as neighbours of each query.</summary>
/// <param name="indices">Neighbours by number, int64, shape (g, m, k).</param>
/// <param name="mask">Which of them count, boolean, shape (g, m, k); null where all count.</param>
/// <param name="relative">Relative coordinates [log(v⁻¹u), q_u, q_v], shape (g, m, k, d + 2q).</param>
public sealed class ChosenNeighborhood(Tensor indices, Tensor? mask, Tensor relative) : Neighborhood
{
    /// <summary>Neighbours by number, int64, shape (g, m, k).</summary>
    public override Tensor Indices => indices;

    /// <inheritdoc/>
    public override Tensor? Mask => mask;

    /// <inheritdoc/>
    public override Tensor Relative => relative;

    internal override long Queries => relative.shape[1];

    internal override long PairsOfQuery => relative.shape[0] * relative.shape[2];

    internal override bool HasParts => true;

    internal override Neighborhood Part(long first, long count) => new ChosenNeighborhood(
        indices.narrow(1, first, count), mask?.narrow(1, first, count), relative.narrow(1, first, count));

    internal override void Check(Tensor values, int relativeDim)
    {
        var (g, n) = (values.shape[0], values.shape[1]);
        Guard.HasShape(relative, nameof(Relative), "(g, m, k, d + 2q)", g, null, null, relativeDim);
        CheckIndices(indices, g, relative.shape[1], relative.shape[2], values);
        CheckRange(indices, n);
    }

    internal override Tensor Convolve(Tensor values, Tensor kernel, ConvolutionWeights layer) =>
        layer.Convolve(values, kernel, indices, mask);

    internal override Tensor Attend(AttentionHeads heads) => heads.OverChosen(indices, mask);

    /// <summary>Requires numbers of this shape, beside what they number.</summary>
    internal static void CheckIndices(Tensor indices, long? g, long? m, long? k, Tensor beside)
    {
        Guard.HasShape(indices, nameof(Indices), "(g, m, k)", g, m, k);
        if (indices.dtype != ScalarType.Int64)
            throw new ArgumentException($"Indices has dtype {indices.dtype}; expected Int64.", nameof(indices));
        Guard.OnDeviceOf(indices, nameof(Indices), beside);
    }

    /// <summary>On the CPU a number that is no point's would be read from foreign memory; libtorch looks at those of other
    /// devices.</summary>
    internal static void CheckRange(Tensor indices, long points)
    {
        if (!CpuKernels.IsHere(indices) || indices.NumberOfElements == 0) return;
        using var scope = NewDisposeScope();
        var (least, most) = (indices.min().item<long>(), indices.max().item<long>());
        if (least < 0 || most >= points)
            throw new ArgumentException(
                $"Indices runs from {least} to {most}; expected numbers from 0 to {points - 1}.", nameof(indices));
    }
}
