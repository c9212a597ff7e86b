using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>
/// The LieTransformer of Hutchinson et al. 2021 (https://arxiv.org/abs/2012.10885): a <see cref="LieResNet"/> whose
/// blocks attend. Lift, neighbours, subsamples, frames and pooling are the same.
/// </summary>
/// <remarks>Networks of images, molecules, motions and points attend, too, where their block's
/// <see cref="BlockOptions.Kind"/> says so.</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own;
/// training changes its state and belongs to one thread.</threadsafety>
public sealed class LieTransformer : nn.Module<PointSet, Draws, Tensor>
{
    /// <summary>Name as typed on the command line.</summary>
    public const string ShortName = "LieTransformer";

    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group that the network respects.</param>
    /// <param name="options">Its shape, such as <see cref="Usual"/> changed by <c>with</c>; its blocks attend whatever
    /// their kind is there.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, as for <see cref="LieResNet"/>; null for the
    /// options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public LieTransformer(LieGroup group, LieResNetOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(LieTransformer))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        _network = new LieResNet(group, options with { Block = Attending(options.Block) }, finder);
        RegisterComponents();
    }

    /// <summary>The published shape for motions under translations: five blocks of 160 channels and eight heads, all
    /// points as neighbours.</summary>
    public static LieResNetOptions Usual { get; } = new()
    {
        Channels = [160], Layers = 5, FillFractions = [1],
        Block = new() { Kind = BlockKind.Attention, BatchNorm = false, Neighborhood = NeighborhoodKind.Everything },
    };

    /// <summary>The network on the points.</summary>
    public LieResNet Network => _network;

    /// <summary>The network's shape.</summary>
    public LieResNetOptions Options => _network.Options;

    /// <summary>Applies the network.</summary>
    /// <param name="points">b sets of n points.</param>
    /// <param name="draws">Source of lifts, subsamples and neighbours.</param>
    /// <returns>Shape (b, outputs), or (b, n, outputs) of the remaining lifted points without pooling.</returns>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other, the group or the network.
    /// </exception>
    public override Tensor forward(PointSet points, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(_network.call(points, draws));
    }

    /// <summary>The same blocks with attention.</summary>
    internal static BlockOptions Attending(BlockOptions block) => block with { Kind = BlockKind.Attention };
}
