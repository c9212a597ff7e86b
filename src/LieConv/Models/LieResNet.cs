using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>
/// The residual network of figure 5 of Finzi et al. 2020: lift, embed, residual blocks, and a linear head pooled over
/// the set. Its blocks convolve, or attend (<see cref="BlockOptions.Kind"/>). Equivariant to its group as far as its
/// neighbourhoods and lifts are (docs/maths.md).
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class LieResNet : nn.Module<PointSet, Draws, Tensor>
{
    /// <summary>How sets are seen from frames of their own; null where they are not.</summary>
    private readonly FrameSymmetry? _frames;

    /// <summary>The group that lifts what is seen.</summary>
    private readonly LieGroup _seen;

    [ComponentName(Name = "embed")] private readonly Linear _embed;
    [ComponentName(Name = "blocks")] private readonly ModuleList<ResidualBlock> _blocks;
    [ComponentName(Name = "head_norm")] private readonly MaskedBatchNorm? _headNorm;
    [ComponentName(Name = "head")] private readonly Linear _head;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group that the network respects.</param>
    /// <param name="options">Its shape.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, in place of the kind, count and fills of the
    /// options; it is given the group that lifts what the network sees. Null for the options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public LieResNet(LieGroup group, LieResNetOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(LieResNet))
    {
        Guard.IsValid(options.Validate(), nameof(options));
        _frames = GroupFit.Frames(group, options);
        (Group, Options) = (group, options);
        _seen = _frames?.Viewer(group) ?? group;
        options.Block.Radial(_seen); // refused before anything is made
        _embed = nn.Linear(options.Inputs, options.ChannelsAt(0));
        var ownFinder = finder?.Invoke(_seen);
        _blocks = new([.. Enumerable.Range(0, options.Layers).Select(i => ResidualBlock.Create(
            _seen, options.ChannelsAt(i), options.ChannelsAt(i + 1), options.Convolution(i), ownFinder))]);
        var width = options.ChannelsAt(options.Layers);
        if (options.Block.HasBatchNorm)
            _headNorm = new MaskedBatchNorm(width, options.Block.Activation, options.Block.NormMomentum);
        _head = nn.Linear(width, options.Outputs);
        RegisterComponents();
    }

    /// <summary>The group that the network respects.</summary>
    public LieGroup Group { get; }

    /// <summary>The network's shape.</summary>
    public LieResNetOptions Options { get; }

    /// <summary>The residual blocks in order.</summary>
    public IReadOnlyList<ResidualBlock> Blocks => [.. _blocks];

    /// <summary>How sets are seen from frames of their own; null where they are not.</summary>
    internal FrameSymmetry? Frames => _frames;

    /// <summary>Whether sets are seen from frames of their own, or lifted by frames.</summary>
    internal bool HasFrames => _frames is not null || (Options.Block.Frames == FrameChoice.Framed && Group.HasStabilizer);

    /// <summary>One of the parameters, whose element type and device are those of all.</summary>
    internal Tensor Parameter => _head.weight!;

    /// <summary>Pairs of points that are seen at once where no graph is kept: what bounds the memory of sets with many
    /// frames.</summary>
    internal long PairsAtOnce { get; set; } = 1 << 17;

    /// <summary>Share of padding from which sets are worked on without it, which changes no result but its
    /// rounding.</summary>
    internal double LeastPadding { get; set; } = 0.05;

    /// <summary>Applies the network.</summary>
    /// <param name="points">b sets of n points.</param>
    /// <param name="draws">Source of lifts, subsamples and neighbours.</param>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other, the group or the network.
    /// </exception>
    /// <returns>Shape (b, outputs), or (b, n, outputs) of the remaining lifted points without pooling; with frames a
    /// point is lifted once.</returns>
    public override Tensor forward(PointSet points, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        Guard.HasShape(points.Values, nameof(points.Values), "(b, n, c)", null, null, Options.Inputs);
        Guard.HasDtype(points.Values, _embed.weight!, nameof(points.Values));
        Guard.HasDtype(points.Coordinates, _embed.weight!, nameof(points.Coordinates));
        if (_frames is null) return scope.MoveToOuter(Apply(points, draws));
        PointLifting.Check(Group, points);
        var views = FrameViews.Create(points, _frames, draws);
        if (training && Options.Block.DrawnFrames) views = views.Drawn(draws);
        return scope.MoveToOuter(views.Average(OfViews(views.Points, new Unturned(draws))));
    }

    /// <summary>What the network gives for views that are made already, shape (V, ...); their group lifts them without
    /// rotations.</summary>
    internal Tensor OfViews(PointSet views, Draws draws)
    {
        var (count, n) = (views.Coordinates.shape[0], views.Coordinates.shape[1]);
        var step = Math.Max(1, PairsAtOnce / (n * n));
        // Batch norm sees all views of a batch in training.
        if (training || is_grad_enabled() || count <= step) return Apply(views, draws);
        var items = views.Values.shape[0] / count;
        var parts = new List<Tensor>();
        for (var first = 0L; first < count; first += step)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(step, count - first);
            parts.Add(scope.MoveToOuter(Apply(
                new PointSet(
                    views.Coordinates.narrow(0, first, size), views.Values.narrow(0, first * items, size * items),
                    views.Mask?.narrow(0, first, size)),
                draws)));
        }
        return cat(parts, 0);
    }

    private Tensor Apply(PointSet points, Draws draws)
    {
        // Views are lifted in one way: more would be copies.
        var lifted = _seen.Lift(points, _frames is null ? Options.Block.Lift : LiftOptions.Default, draws);
        var finder = KeepsPoints ? _blocks[0].Finder : null;
        var geometry = new NetworkGeometry(lifted, finder, Packed(lifted, finder), draws);
        var values = _embed.call(geometry.Enter(lifted.Values));
        foreach (var block in _blocks) values = geometry.Pass(block, values);
        values = Head(values, geometry.Mask?.unsqueeze(-1));                                             // (g, n, r, o)
        return Options.Pool
            ? Pooled(values, geometry)
            : geometry.AtPoints(values).transpose(1, 2).flatten(0, 1);
    }

    /// <summary>Means or sums over the set, output by output where the options say so; sums are divided.</summary>
    private Tensor Pooled(Tensor values, NetworkGeometry geometry)
    {
        var divisor = Scalars.Of(Options.SumDivisor);
        if (Options.SummedOutputs is not { } summed)
        {
            var mean = Options.Block.Mean && !Options.SumPooling;
            var pooled = geometry.Pool(values, mean);
            return mean || Options.SumDivisor == 1 ? pooled : pooled / divisor;
        }
        if (summed.Count == 0) return geometry.Pool(values, mean: true);
        var sums = geometry.Pool(values, mean: false) / divisor;
        if (summed.Count == Options.Outputs) return sums;
        var isSum = tensor([.. Enumerable.Range(0, Options.Outputs).Select(summed.Contains)], device: values.device);
        return where(isSum, sums, geometry.Pool(values, mean: true));
    }

    /// <summary>Whether all blocks see the same points.</summary>
    private bool KeepsPoints => _blocks.Count > 0 && Options.DownsampleFraction == 1;

    /// <summary>The sets without their padding, where that changes nothing: each has points of its own, and none is left
    /// out.</summary>
    private PackedSets? Packed(LiftedPoints points, NeighbourFinder? finder)
    {
        if (finder is null || points.Values.shape[2] != 1 || points.Mask is not { } mask) return null;
        var (g, n) = (mask.shape[0], mask.shape[1]);
        return finder.Defers(g * n * n) ? null : PackedSets.Create(mask, LeastPadding);
    }

    private Tensor Head(Tensor values, Tensor? mask) => _head.call(
        _headNorm is null ? Options.Block.Activation.Apply(values) : _headNorm.call(values, mask));
}
