using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// A block of the LieTransformer (Hutchinson et al. 2021): self-attention, then a network of single points with one
/// hidden layer, each after a normalisation of the channels and added to what it was given.
/// </summary>
/// <remarks>Channels are normalised point by point (layer norm), so that neither the other points nor the other sets of
/// a batch change what is said of one.</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own;
/// training changes its state and belongs to one thread.</threadsafety>
public sealed class AttentionBlock : ResidualBlock
{
    [ComponentName(Name = "attention_norm")] private readonly LayerNorm _attentionNorm;
    [ComponentName(Name = "attention")] private readonly LieSelfAttention _attention;
    [ComponentName(Name = "point_norm")] private readonly LayerNorm _pointNorm;
    [ComponentName(Name = "hidden")] private readonly Linear _hidden;
    [ComponentName(Name = "output")] private readonly Linear _output;

    /// <summary>Creates the block.</summary>
    /// <param name="group">The group.</param>
    /// <param name="inputs">Channels of the values, at least 4.</param>
    /// <param name="outputs">Channels of the result, at least as many.</param>
    /// <param name="options">Neighbourhood, subsampling, activation, attention.</param>
    /// <param name="finder">What finds neighbours in place of the kind, count and fill of the options; null for
    /// these.</param>
    /// <exception cref="ArgumentException">If the widths are out of range, or the finder is of another
    /// group.</exception>
    public AttentionBlock(
        LieGroup group, int inputs, int outputs, LieConvOptions options, NeighbourFinder? finder = null)
        : base(nameof(AttentionBlock), group, inputs, outputs, options)
    {
        _attentionNorm = nn.LayerNorm(inputs);
        _attention = new LieSelfAttention(group, inputs, inputs, options, finder);
        _pointNorm = nn.LayerNorm(inputs);
        var hidden = inputs * options.Block.Attention.Widening;
        _hidden = nn.Linear(inputs, hidden);
        _output = nn.Linear(hidden, outputs);
        RegisterComponents();
    }

    /// <summary>The attention inside.</summary>
    public LieSelfAttention Attention => _attention;

    /// <inheritdoc/>
    public override Tensor Radius => _attention.Radius;

    /// <inheritdoc/>
    public override NeighbourFinder Finder => _attention.Finder;

    internal override LayerNeighbours Neighbours => _attention.Neighbours;

    private protected override Tensor Parameter => _hidden.weight!;

    internal override Tensor Apply(Tensor values, Tensor? mask, BlockStep step)
    {
        var (isRows, given) = (IsRows(values), Sets(values));
        var normal = _attentionNorm.call(given);
        var queries = step.Picks is { } picks ? Gather.Rows(normal, picks) : normal;
        var attended = FusedResidual.Apply(
            _attention.call(queries, normal, step.Neighborhood), given, step.Picks);                // (g, m, r, c)
        var hidden = Options.Block.Activation.Apply(Product(_hidden, _pointNorm.call(attended)));
        return Lines(FusedResidual.Apply(Product(_output, hidden), attended, null), isRows);
    }
}
