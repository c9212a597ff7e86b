using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
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
public sealed class BottleneckBlock : nn.Module<LiftedPoints, Draws, LiftedPoints>
{
    /// <summary>The convolution works on channels divided by this.</summary>
    internal const int Narrowing = 4;

    private readonly LieConvOptions _options;
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
        : base(nameof(BottleneckBlock))
    {
        if (inputs < Narrowing || outputs < inputs)
            throw new ArgumentException(
                $"A block from {inputs} to {outputs} channels; " +
                $"expected at least {Narrowing} inputs and as many outputs or more.");
        _options = options;
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

    /// <summary>Applies the block.</summary>
    /// <param name="points">n points an item.</param>
    /// <param name="draws">Source of the subsample and of the neighbours.</param>
    /// <returns>The remaining m points with new values.</returns>
    /// <exception cref="ArgumentException">If a shape or type does not fit the others, the group or the block.</exception>
    public override LiftedPoints forward(LiftedPoints points, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        Check(points);
        using var scope = NewDisposeScope();
        var step = Step(points.Geometry, points.Mask, draws);
        return scope.Keep(Remaining(step, Apply(points.Values, points.Mask, step)));
    }

    /// <summary>What the block sees of points: the subsample, and its neighbours among all.</summary>
    /// <param name="points">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="draws">Source of the subsample and of the neighbours.</param>
    internal BlockStep Step(LiftedElements points, Tensor? mask, Draws draws)
    {
        if (points.Elements.shape[1] == 0)
            throw new ArgumentException("The sets are empty: Elements has shape (g, 0, e); expected n >= 1.");
        var sample = Subsample.Create(
            _convolution.Group, points, mask, _options.DownsampleFraction, _convolution.MostPairs, draws);
        return new BlockStep(
            sample.Points, sample.Mask, sample.Picks,
            _convolution.Finder.Find(sample.Points, sample.Mask, points, mask, sample.Distances, draws));
    }

    /// <summary>Narrowed, convolved and widened, each step after normalisation and activation, and added to the values
    /// that remain.</summary>
    /// <param name="values">Shape (g, n, r, c), or (R, c) for one item of one set.</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="step">What the block sees.</param>
    /// <returns>Shape (g, m, r, cOut), or (R, cOut).</returns>
    internal Tensor Apply(Tensor values, Tensor? mask, BlockStep step)
    {
        var isRows = values.dim() == 2;
        var narrow = Product(_narrow, Activate(values, _narrowNorm, mask));
        var convolved = Lines(_convolution.call(
            Sets(Activate(narrow, _convolutionNorm, mask)), step.Neighborhood));
        var wide = Product(_widen, Activate(convolved, _widenNorm, step.Mask));
        return Lines(FusedResidual.Apply(Sets(wide), Sets(values), step.Picks));

        Tensor Sets(Tensor x) => isRows ? x.unsqueeze(0).unsqueeze(2) : x;                              // (1, R, 1, c)

        Tensor Lines(Tensor x) => isRows ? x.flatten(0, 2) : x;
    }

    private Tensor Product(Linear layer, Tensor values) =>
        Products.Linear(values, layer.weight!, layer.bias!, _options.Block.Products);

    private Tensor Activate(Tensor values, MaskedBatchNorm? norm, Tensor? mask) =>
        norm is null ? _options.Block.Activation.Apply(values) : norm.call(values, mask?.unsqueeze(-1));       // (g, n, 1)

    /// <summary>The points that remain, in new handles, since a method must not return its caller's tensors.</summary>
    private static LiftedPoints Remaining(BlockStep step, Tensor values) => step.Picks is null
        ? new LiftedPoints(step.Points.Elements.alias(), step.Points.Orbits?.alias(), values, step.Mask?.alias())
        : new LiftedPoints(step.Points.Elements, step.Points.Orbits, values, step.Mask);

    private void Check(LiftedPoints points)
    {
        var group = _convolution.Group;
        Guard.HasShape(points.Elements, nameof(points.Elements), "(g, n, e)", null, null, group.ElementDim);
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        GroupGuard.Elements(points.Geometry, group, nameof(points));
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", null, null, null, _narrow.in_features);
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", g, n, null, null);
        if (points.Values.shape[2] == 0)
            throw new ArgumentException("Values has shape (g, n, 0, c); expected at least one item.", nameof(points));
        Guard.HasDtype(points.Values, _narrow.weight!, nameof(points.Values));
        Guard.Like(points.Elements, nameof(points.Elements), points.Values, nameof(points.Values));
        Guard.IsRowMask(points.Mask, [g, n], nameof(points.Mask), points.Elements);
    }
}
