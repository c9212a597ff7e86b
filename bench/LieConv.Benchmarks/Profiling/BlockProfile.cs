using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Times the trained parts of a block alone, at their real sizes, in new layers.</summary>
/// <param name="network">The network.</param>
/// <param name="items">Items r of a geometry.</param>
/// <param name="evaluations">How often the network is applied in a step.</param>
/// <param name="timer">Times.</param>
/// <param name="times">Receives the times.</param>
/// <param name="slopes">Whether the network's slope by the points is differentiated.</param>
internal sealed class BlockProfile(
    LieResNet network, long items, int evaluations, ProfileTimer timer, ProfileTimes times, bool slopes)
{
    /// <summary>Times block i.</summary>
    public void Run(int i, BlockGeometry geometry)
    {
        var (inputs, outputs) = (network.Options.ChannelsAt(i), network.Options.ChannelsAt(i + 1));
        var (narrow, narrowOutputs) = (inputs / BottleneckBlock.Narrowing, outputs / BottleneckBlock.Narrowing);
        var (before, after) = (Rows(geometry, geometry.Count), Rows(geometry, geometry.Remaining));
        Convolution(i, geometry, narrow, narrowOutputs);
        Linear(before, inputs, narrow);
        Linear(after, narrowOutputs, outputs);
        Activation(before, inputs);
        Activation(before, narrow);
        Activation(after, narrowOutputs);
        Residual(geometry, before, after, inputs, outputs);
    }

    /// <summary>Times a linear layer on rows.</summary>
    public void Linear(long rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        var (layer, x) = (nn.Linear(inputs, outputs), Leaf(rows, inputs));
        times.Add(ProfileKind.LinearLayers, evaluations, timer.Trained(
            () => Products.Linear(x, layer.weight!, layer.bias!, ProductPrecision.Full), x));
    }

    /// <summary>Times a normalisation with its activation, or the activation alone, on rows.</summary>
    public void Activation(long rows, int channels)
    {
        using var scope = NewDisposeScope();
        var (norm, x) = (new MaskedBatchNorm(channels, network.Options.Block.Activation), Leaf(rows, channels));
        times.Add(ProfileKind.NormAndActivation, evaluations, timer.Trained(
            () => network.Options.Block.BatchNorm ? norm.call(x, null) : network.Options.Block.Activation.Apply(x), x));
    }

    /// <summary>Rows that pointwise layers see: padding is left out where nothing is left out by subsampling.</summary>
    public long Rows(BlockGeometry geometry, long points) => geometry.Mask is { } mask && geometry.Picks is null
        ? mask.sum().item<long>() * items
        : geometry.Sets * points * items;

    private void Convolution(int i, BlockGeometry geometry, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        var options = network.Options.Convolution(i);
        var kernel = new KernelNetwork(network.Group.RelativeDim, options.Block.BatchNorm, options.Block.Activation);
        var layer = new LieConvLayer(network.Group, inputs, outputs, options);
        var (evaluate, convolve, leaves) = Packed(geometry, layer, kernel, inputs)
            ?? Padded(geometry, layer, kernel, inputs);
        var alone = timer.Trained(evaluate, leaves[0]);
        var both = timer.Trained(convolve, leaves);
        times.Add(ProfileKind.KernelNetwork, evaluations, alone);
        times.Add(ProfileKind.Convolution, evaluations,
            (Math.Max(0, both.Forward - alone.Forward), Math.Max(0, both.Backward - alone.Backward)));
    }

    /// <returns>The kernel network, the whole convolution, and what they read: relative coordinates and
    /// values.</returns>
    private (Func<Tensor> Kernel, Func<Tensor> Convolution, Tensor[] Leaves) Padded(
        BlockGeometry geometry, LieConvLayer layer, KernelNetwork kernel, int inputs)
    {
        var relative = Relative(geometry.Neighborhood.Relative);
        var (indices, mask) = (geometry.Neighborhood.Indices, geometry.Neighborhood.Mask);
        Neighborhood neighborhood = indices is null
            ? new AllNeighborhood(mask, relative)
            : new ChosenNeighborhood(indices, mask, relative);
        var values = randn(geometry.Sets, geometry.Count, items, inputs).requires_grad_();
        return (() => kernel.call(relative, mask), () => layer.call(values, neighborhood),
            [relative, values]);
    }

    /// <summary>Sets of which all points are neighbours lose their padding in the convolution, too.</summary>
    private (Func<Tensor> Kernel, Func<Tensor> Convolution, Tensor[] Leaves)? Packed(
        BlockGeometry geometry, LieConvLayer layer, KernelNetwork kernel, int inputs)
    {
        if (geometry.Mask is null || layer.Options.Block.Neighborhood != NeighborhoodKind.Everything) return null;
        if (PackedSets.Create(geometry.Mask, 0) is not { } sets) return null;
        var relative = Relative(sets.Neighbours(layer.Group, geometry.Points).Relative);
        var pairs = new PackedNeighborhood(sets, relative);
        var values = randn(1, sets.Rows.shape[0], 1, inputs).requires_grad_();
        return (() => kernel.call(relative, null), () => layer.call(values, pairs), [relative, values]);
    }

    private void Residual(BlockGeometry geometry, long before, long after, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        var (wide, narrow) = (Leaf(after, outputs), Leaf(before, inputs));
        var picked = geometry.Picks is null
            ? null
            : randperm(before / items, ScalarType.Int64).narrow(0, 0, after / items);
        times.Add(ProfileKind.Residual, evaluations, timer.Trained(() =>
        {
            var kept = picked is null
                ? narrow
                : narrow.view(before / items, -1).index_select(0, picked).view(after, inputs);
            return wide + nn.functional.pad(kept, [0, outputs - inputs]);
        }, wide, narrow));
    }

    /// <summary>Relative coordinates have a gradient only where the points' own slope is wanted.</summary>
    private Tensor Relative(Tensor relative) => slopes ? relative.detach().requires_grad_() : relative.detach();

    private static Tensor Leaf(long rows, int channels) => randn(rows, channels).requires_grad_();
}
