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
    /// <exception cref="ArgumentException">If the widths are out of range.</exception>
    public BottleneckBlock(LieGroup group, int inputs, int outputs, LieConvOptions options)
        : base(nameof(BottleneckBlock))
    {
        if (inputs < Narrowing || outputs < inputs)
            throw new ArgumentException(
                $"A block from {inputs} to {outputs} channels; " +
                $"expected at least {Narrowing} inputs and as many outputs or more.");
        _options = options;
        var (narrowInputs, narrowOutputs) = (inputs / Narrowing, outputs / Narrowing);
        _convolution = new LieConvLayer(group, narrowInputs, narrowOutputs, options);
        if (options.BatchNorm)
        {
            _narrowNorm = new MaskedBatchNorm(inputs, options.Activation, options.NormMomentum);
            _convolutionNorm = new MaskedBatchNorm(narrowInputs, options.Activation, options.NormMomentum);
            _widenNorm = new MaskedBatchNorm(narrowOutputs, options.Activation, options.NormMomentum);
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
        Guard.HasShape(
            points.Elements, nameof(points.Elements), "(g, n, e)", null, null, _convolution.Group.ElementDim);
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        GroupGuard.Elements(points.Geometry, _convolution.Group, nameof(points));
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", null, null, null, _narrow.in_features);
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", g, n, null, null);
        if (points.Values.shape[2] == 0)
            throw new ArgumentException("Values has shape (g, n, 0, c); expected at least one item.", nameof(points));
        Guard.HasDtype(points.Values, _narrow.weight!, nameof(points.Values));
        Guard.Like(points.Elements, nameof(points.Elements), points.Values, nameof(points.Values));
        if (n == 0) throw new ArgumentException("The sets are empty: Elements has shape (g, 0, e); expected n >= 1.");
        Guard.IsRowMask(points.Mask, [g, n], nameof(points.Mask), points.Elements);
        using var scope = NewDisposeScope();
        var (queries, picks, distances) = Subsample(points, draws);
        if (_convolution.TakesBlocksOfEverything(queries.Geometry, points.Geometry))
            return scope.Keep(OverEverything(points, queries, picks));
        var neighborhood = _convolution.FindNeighbours(
            queries.Geometry, queries.Mask, points.Geometry, points.Mask, distances, draws);
        return scope.Keep(Apply(points, queries, picks, neighborhood));
    }

    /// <summary>The neighbours of all points among them.</summary>
    /// <param name="points">The points; their values are not read.</param>
    /// <param name="distances">Distances (g, n, n) if they are known.</param>
    /// <param name="draws">Source of the ball's samples.</param>
    internal Neighborhood FindNeighbours(LiftedPoints points, Tensor? distances, Draws draws) =>
        _convolution.FindNeighbours(
            points.Geometry, points.Mask, points.Geometry, points.Mask, distances, draws);

    /// <summary>Distances of all points where they are few enough to be kept, for blocks that keep all points.</summary>
    internal Tensor? Distances(LiftedPoints points)
    {
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        return g * n * n <= _convolution.MostPairs
            ? _convolution.Group.PairDistances(points.Geometry, points.Geometry)
            : null;
    }

    /// <summary>Applies a block that keeps all points, with neighbours that are known.</summary>
    /// <param name="points">n points an item.</param>
    /// <param name="neighborhood">The neighbours of each, as <see cref="LieConvLayer.FindNeighbours"/> gives
    /// them.</param>
    internal LiftedPoints Apply(LiftedPoints points, Neighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        return scope.Keep(Apply(points, Aliased(points), null, neighborhood));
    }

    /// <summary>Whether all points are neighbours of each, and too many for <see cref="FindNeighbours"/>.</summary>
    internal bool TakesBlocksOfEverything(LiftedPoints points) =>
        _convolution.TakesBlocksOfEverything(points.Geometry, points.Geometry);

    /// <summary>Applies a block that keeps all points, all of them neighbours that are nowhere all at once.</summary>
    internal LiftedPoints OverEverything(LiftedPoints points)
    {
        using var scope = NewDisposeScope();
        return scope.Keep(OverEverything(points, Aliased(points), null));
    }

    /// <summary>Applies a block that keeps all points to sets without padding.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="neighborhood">The pairs of points.</param>
    /// <returns>Shape (R, cOut).</returns>
    internal Tensor Apply(Tensor values, PackedNeighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var wide = Through(values, null, null, narrow => _convolution.Apply(narrow, neighborhood));
        return scope.MoveToOuter(OnRows(wide, values));
    }

    /// <summary>Applies a block that keeps all points to sets without padding, with some points as neighbours.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="neighborhood">The neighbours of each row, as of one set of R points.</param>
    /// <returns>Shape (R, cOut).</returns>
    internal Tensor Apply(Tensor values, Neighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var wide = Through(values, null, null, narrow =>
            _convolution.call(narrow.unsqueeze(0).unsqueeze(2), neighborhood).flatten(0, 2));            // (1, R, 1, c)
        return scope.MoveToOuter(OnRows(wide, values));
    }

    private LiftedPoints OverEverything(LiftedPoints points, LiftedPoints queries, Tensor? picks) =>
        Apply(points, queries, picks, narrow => _convolution.OverEverything(
            narrow, queries.Geometry, queries.Mask, points.Geometry, points.Mask));

    private LiftedPoints Apply(LiftedPoints points, LiftedPoints queries, Tensor? picks, Neighborhood neighborhood) =>
        Apply(points, queries, picks, narrow => _convolution.call(narrow, neighborhood));

    private LiftedPoints Apply(
        LiftedPoints points, LiftedPoints queries, Tensor? picks, Func<Tensor, Tensor> convolve)
    {
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", null, null, null, _narrow.in_features);
        var wide = Through(points.Values, points.Mask, queries.Mask, convolve);
        return queries with { Values = FusedResidual.Apply(wide, points.Values, picks) };
    }

    /// <summary>Narrowed, convolved and widened, each step after normalisation and activation.</summary>
    private Tensor Through(Tensor values, Tensor? mask, Tensor? queryMask, Func<Tensor, Tensor> convolve)
    {
        var narrow = Product(_narrow, Activate(values, _narrowNorm, mask));
        var convolved = convolve(Activate(narrow, _convolutionNorm, mask));
        return Product(_widen, Activate(convolved, _widenNorm, queryMask));
    }

    private Tensor Product(Linear layer, Tensor values) =>
        Products.Linear(values, layer.weight!, layer.bias!, _options.Products);

    private Tensor Activate(Tensor values, MaskedBatchNorm? norm, Tensor? mask) =>
        norm is null ? _options.Activation.Apply(values) : norm.call(values, Rows(mask));

    /// <summary>The sum with a block's input, rows without padding as one set.</summary>
    private static Tensor OnRows(Tensor wide, Tensor values) => FusedResidual.Apply(
        wide.unsqueeze(0).unsqueeze(2), values.unsqueeze(0).unsqueeze(2), null).flatten(0, 2);

    private static Tensor? Rows(Tensor? mask) => mask?.unsqueeze(-1);                                     // (g, n, 1)

    private (LiftedPoints Queries, Tensor? Picks, Tensor? Distances) Subsample(LiftedPoints points, Draws draws)
    {
        if (_options.DownsampleFraction == 1) return (Aliased(points), null, null);
        var count = FarthestPoints.Count(points.Elements.shape[1], _options.DownsampleFraction);
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        var all = g * n * n > _convolution.MostPairs
            ? null
            : _convolution.Group.PairDistances(points.Geometry, points.Geometry);                        // (g, n, n)
        var (picks, own) = all is null
            ? FarthestPoints.Search(_convolution.Group, points.Geometry, points.Mask, count, draws)
            : FarthestPoints.Select(all, points.Mask, count, draws);
        var mask = Gather.RowsOrNull(points.Mask, picks);
        if (own is not null) mask = mask is null ? own : mask.logical_and(own);
        var queries = new LiftedPoints(
            Gather.Rows(points.Elements, picks), Gather.RowsOrNull(points.Orbits, picks), points.Values, mask);
        return (queries, picks, Gather.RowsOrNull(all, picks));
    }

    /// <summary>New handles, since a method must not return its caller's tensors.</summary>
    private static LiftedPoints Aliased(LiftedPoints points) => points with
    {
        Elements = points.Elements.alias(), Orbits = points.Orbits?.alias(), Mask = points.Mask?.alias(),
    };
}
