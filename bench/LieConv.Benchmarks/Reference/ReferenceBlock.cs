using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>The residual block in the original's operations. It subsamples twice, for the convolution and for the
/// residual, as the original does; both use the same picks.</summary>
internal sealed class ReferenceBlock
{
    private readonly LieGroup _group;
    private readonly LieConvOptions _options;
    private readonly ReferenceState _state;
    private readonly string _key;
    private readonly ReferenceConvolution _convolution;
    private readonly ReferenceNorm? _narrowNorm, _convolutionNorm, _widenNorm;
    private readonly bool _keepsPicks;
    private Tensor? _kept;

    /// <summary>Takes the block of a key.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Neighbourhood and subsampling.</param>
    /// <param name="state">The parameters.</param>
    /// <param name="key">Where they are.</param>
    /// <param name="keepsPicks">Whether the first subsample serves for good.</param>
    public ReferenceBlock(
        LieGroup group, LieConvOptions options, ReferenceState state, string key, bool keepsPicks)
    {
        (_group, _options, _state, _key, _keepsPicks) = (group, options, state, key, keepsPicks);
        _convolution = new ReferenceConvolution(group, options, state, key + ".conv");
        _narrowNorm = ReferenceNorm.Find(state, key + ".narrow_norm");
        _convolutionNorm = ReferenceNorm.Find(state, key + ".conv_norm");
        _widenNorm = ReferenceNorm.Find(state, key + ".widen_norm");
    }

    /// <summary>Applies the block.</summary>
    public PairedPoints Apply(PairedPoints points, Draws draws, bool training)
    {
        using var scope = NewDisposeScope();
        var picks = Picks(points, draws);
        var residual = points.At(picks).Values;
        var active = ReferenceNorm.Activate(_narrowNorm, points.Values, points.Mask, training);
        var narrow = _state.Linear(_key + ".narrow", active);
        narrow = ReferenceNorm.Activate(_convolutionNorm, narrow, points.Mask, training);
        var (pairs, convolved, mask) = _convolution.Apply(points with { Values = narrow }, picks, draws, training);
        convolved = ReferenceNorm.Activate(_widenNorm, convolved, mask, training);
        var wide = _state.Linear(_key + ".widen", convolved);
        var (inputs, outputs) = (residual.shape[^1], wide.shape[^1]);
        var values = cat([wide.narrow(-1, 0, inputs) + residual, wide.narrow(-1, inputs, outputs - inputs)], -1);
        return new PairedPoints(scope.MoveToOuter(pairs), scope.MoveToOuter(values), scope.MoveToOuter(mask));
    }

    private Tensor? Picks(PairedPoints points, Draws draws)
    {
        if (_options.DownsampleFraction == 1) return null;
        if (_kept is not null) return _kept;
        using var off = no_grad();
        var count = FarthestPoints.Count(points.Values.shape[1], _options.DownsampleFraction);
        var picks = ReferenceSampling.Select(_group.Distance(points.Pairs), points.Mask, count, draws);
        if (_keepsPicks) _kept = picks.DetachFromDisposeScope();
        return picks;
    }
}
