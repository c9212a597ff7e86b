using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>
/// The network as the original computes it, operation by operation, on the parameters of one of ours: the measure of
/// what our way of computing is worth. Given the same draws it gives the same numbers.
/// </summary>
internal sealed class ReferenceNetwork : IDisposable
{
    private readonly LieResNet _network;
    private readonly ReferenceState _state;
    private readonly ReferenceNorm? _headNorm;
    private readonly List<ReferenceBlock> _blocks = [];
    private readonly bool _keepsGeometry;
    private Tensor? _kept;

    /// <summary>Takes the parameters of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="keepsGeometry">Whether the lifts and subsamples of the first batch serve for good: the original's
    /// image network has it so.</param>
    public ReferenceNetwork(LieResNet network, bool keepsGeometry)
    {
        (_network, _state, _keepsGeometry) = (network, new ReferenceState(network), keepsGeometry);
        _headNorm = ReferenceNorm.Find(_state, "head_norm");
        for (var i = 0; i < network.Options.Layers; i++)
            _blocks.Add(new ReferenceBlock(
                network.Group, network.Options.Convolution(i), _state, $"blocks.{i}", keepsGeometry));
    }

    /// <summary>Whether statistics are those of the batch, and radii move.</summary>
    public bool Training { get; set; } = true;

    /// <summary>Applies the network to b sets, each with coordinates of its own.</summary>
    /// <returns>Shape (b, outputs).</returns>
    public Tensor Apply(PointSet points, Draws draws)
    {
        using var scope = NewDisposeScope();
        var lifted = Lift(points, draws);
        lifted = lifted with { Values = _state.Linear("embed", lifted.Values) };
        lifted = _blocks.Aggregate(lifted, (current, block) => block.Apply(current, draws, Training));
        var active = ReferenceNorm.Activate(_headNorm, lifted.Values, lifted.Mask, Training);
        return scope.MoveToOuter(Pool(_state.Linear("head", active), lifted.Mask));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _kept?.Dispose();
    }

    private PairedPoints Lift(PointSet points, Draws draws)
    {
        var options = _network.Options.Block.Lift;
        if (!_keepsGeometry) return ReferenceLift.Lift(_network.Group, points, options, draws);
        using var off = no_grad();
        _kept ??= ReferenceLift.Pairs(_network.Group, points.Coordinates, null, options, draws).DetachFromDisposeScope();
        var values = points.Values.repeat_interleave(options.Samples, 1);
        return new PairedPoints(_kept, values, ones(values.shape[..2], dtype: ScalarType.Bool));
    }

    private Tensor Pool(Tensor values, Tensor mask)
    {
        var sum = where(mask.unsqueeze(-1), values, zeros_like(values)).sum(1);
        return _network.Options.Block.Mean && !_network.Options.SumPooling ? sum / mask.sum(-1).unsqueeze(-1) : sum;
    }
}
