using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// A residual block (figure 5 of Finzi et al. 2020): the values are narrowed to a quarter, convolved, and widened
/// again, each step after normalisation and activation, and added to the block's input at the remaining points.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class BottleneckBlock : ResidualBlock
{
    [ComponentName(Name = "conv")] private readonly LieConvLayer _convolution;
    [ComponentName(Name = "narrow_norm")] private readonly MaskedBatchNorm? _narrowNorm;
    [ComponentName(Name = "narrow")] private readonly Linear _narrow;
    [ComponentName(Name = "conv_norm")] private readonly MaskedBatchNorm? _convolutionNorm;
    [ComponentName(Name = "widen_norm")] private readonly MaskedBatchNorm? _widenNorm;
    [ComponentName(Name = "widen")] private readonly Linear _widen;

    /// <summary>Creates the block.</summary>
    /// <param name="group">The group.</param>
    /// <param name="inputs">Channels of the values, at least 4.</param>
    /// <param name="outputs">Channels of the result, at least as many.</param>
    /// <param name="options">Neighbourhood, subsampling, normalisation, activation.</param>
    /// <param name="finder">What finds neighbours in place of the kind, count and fill of the options; null for
    /// these.</param>
    /// <exception cref="ArgumentException">If the widths are out of range, or the finder is of another group.</exception>
    public BottleneckBlock(
        LieGroup group, int inputs, int outputs, LieConvOptions options, NeighbourFinder? finder = null)
        : base(nameof(BottleneckBlock), group, inputs, outputs, options)
    {
        var (narrowInputs, narrowOutputs) = (inputs / Narrowing, outputs / Narrowing);
        _convolution = new LieConvLayer(group, narrowInputs, narrowOutputs, options, finder);
        if (options.Block.BatchNorm)
        {
            _narrowNorm = new MaskedBatchNorm(inputs, options.Block.Activation, options.Block.NormMomentum);
            _convolutionNorm = new MaskedBatchNorm(narrowInputs, options.Block.Activation, options.Block.NormMomentum);
            _widenNorm = new MaskedBatchNorm(narrowOutputs, options.Block.Activation, options.Block.NormMomentum);
        }
        _narrow = nn.Linear(inputs, narrowInputs);
        _widen = nn.Linear(narrowOutputs, outputs);
        RegisterComponents();
    }

    /// <summary>The convolution inside.</summary>
    public LieConvLayer Convolution => _convolution;

    /// <inheritdoc/>
    public override Tensor Radius => _convolution.Radius;

    /// <inheritdoc/>
    public override NeighbourFinder Finder => _convolution.Finder;

    internal override LayerNeighbours Neighbours => _convolution.Neighbours;

    private protected override Tensor Parameter => _narrow.weight!;

    /// <summary>Narrowed, convolved and widened, each step after normalisation and activation, and added to the values
    /// that remain.</summary>
    internal override Tensor Apply(Tensor values, Tensor? mask, BlockStep step)
    {
        var isRows = IsRows(values);
        var narrow = Product(_narrow, Activate(values, _narrowNorm, mask));
        var convolved = Lines(
            _convolution.call(Sets(Activate(narrow, _convolutionNorm, mask)), step.Neighborhood), isRows);
        var wide = Product(_widen, Activate(convolved, _widenNorm, step.Mask));
        return Lines(FusedResidual.Apply(Sets(wide), Sets(values), step.Picks), isRows);
    }

    private Tensor Activate(Tensor values, MaskedBatchNorm? norm, Tensor? mask) =>
        norm is null ? Options.Block.Activation.Apply(values) : norm.call(values, mask?.unsqueeze(-1));       // (g, n, 1)
}
