using LieConv.Groups;
using LieConv.Layers;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>The convolution in the original's operations: copied neighbours, a small matrix product for each query, one
/// linear layer, a division.</summary>
internal sealed class ReferenceConvolution
{
    private readonly LieConvOptions _options;
    private readonly ReferenceState _state;
    private readonly string _key;
    private readonly ReferenceNeighbours _neighbours;
    private readonly ReferenceKernel _kernel;

    /// <summary>Takes the convolution of a key.</summary>
    public ReferenceConvolution(LieGroup group, LieConvOptions options, ReferenceState state, string key)
    {
        (_options, _state, _key) = (options, state, key);
        _neighbours = new ReferenceNeighbours(group, options, state.Buffer(key + ".radius"));
        _kernel = new ReferenceKernel(state, key + ".kernel");
    }

    /// <summary>Convolves.</summary>
    /// <param name="points">The n points.</param>
    /// <param name="picks">Which of them remain, (b, m); null where all do.</param>
    /// <param name="draws">Source of the neighbours.</param>
    /// <param name="training">Whether statistics are those of the batch.</param>
    public PairedPoints Apply(PairedPoints points, Tensor? picks, Draws draws, bool training)
    {
        using var scope = NewDisposeScope();
        var remaining = points.At(picks);
        var neighbours = _neighbours.Find(points, picks, draws, training);
        var convolved = Sum(neighbours, training);
        var values = where(remaining.Mask.unsqueeze(-1), convolved, zeros_like(convolved));
        return new PairedPoints(
            scope.MoveToOuter(remaining.Pairs.alias()), scope.MoveToOuter(values),
            scope.MoveToOuter(remaining.Mask.alias()));
    }

    private Tensor Sum(PairedPoints neighbours, bool training)
    {
        using var scope = NewDisposeScope();
        var mask = neighbours.Mask.unsqueeze(-1);
        var kernel = _kernel.Apply(neighbours.Pairs, neighbours.Mask, training);                 // (b, m, k, 16)
        kernel = where(mask, kernel, zeros_like(kernel));
        var values = where(mask, neighbours.Values, zeros_like(neighbours.Values));
        var (b, m) = (values.shape[0], values.shape[1]);
        var partial = values.transpose(-1, -2).matmul(kernel).view(b, m, -1);                    // (b, m, 16c)
        var convolved = _state.Linear(_key + ".linear", partial);
        if (_options.Block.Mean) convolved = convolved / neighbours.Mask.sum(-1, keepdim: true).clamp(min: 1);
        return scope.MoveToOuter(convolved);
    }
}
