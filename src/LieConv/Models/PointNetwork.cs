using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>A <see cref="LieResNet"/> that answers for whole sets of points, for each point of a set, or both.</summary>
/// <remarks>What it says of a set does not change when the group moves the set, nor does what it says of a point.</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class PointNetwork : nn.Module<PointSet, Draws, PointAnswers>
{
    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">The network's shape.</param>
    /// <exception cref="ArgumentException">If the options are out of range or do not fit the group.</exception>
    public PointNetwork(LieGroup group, PointNetworkOptions options) : base(nameof(PointNetwork))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        Options = options;
        _network = new LieResNet(group, options.ToLieResNet());
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public PointNetworkOptions Options { get; }

    /// <summary>The network on the points.</summary>
    public LieResNet Network => _network;

    /// <summary>Applies the network.</summary>
    /// <param name="points">Coordinates (b, n, D), values (b, n, c), mask (b, n).</param>
    /// <param name="draws">Source of lifts, subsamples and neighbours.</param>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other, the group or the
    /// network.</exception>
    public override PointAnswers forward(PointSet points, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        // Before positions are centred, which assumes all of this.
        Guard.HasShape(points.Values, nameof(points.Values), "(b, n, c)", null, null, Options.Inputs);
        Guard.HasDtype(points.Values, _network.Parameter, nameof(points.Values));
        Guard.HasDtype(points.Coordinates, _network.Parameter, nameof(points.Coordinates));
        PointLifting.Check(_network.Group, points);
        if (Options.Centred) points = points with { Coordinates = Centre(points.Coordinates, points.Mask) };
        var answers = _network.call(points, draws);                                   // (b, S), or (b, n, S + P)
        if (Options.PointOutputs == 0) return new PointAnswers(scope.MoveToOuter(answers), null);
        var ofPoints = answers.narrow(-1, Options.SetOutputs, Options.PointOutputs);
        if (Options.SetOutputs == 0) return new PointAnswers(null, scope.MoveToOuter(ofPoints));
        var ofSets = GlobalPooling.Pool(
            answers.narrow(-1, 0, Options.SetOutputs).unsqueeze(2), points.Mask,
            Options.Block.Mean && !Options.SumPooling).squeeze(1);                    // (b, S)
        return new PointAnswers(scope.MoveToOuter(ofSets), scope.MoveToOuter(ofPoints));
    }

    /// <summary>Positions relative to the mean of each set's points.</summary>
    private static Tensor Centre(Tensor positions, Tensor? mask)
    {
        if (mask is null) return positions - positions.mean([1L], keepdim: true);
        var counted = mask.unsqueeze(-1);                                             // (b, n, 1)
        var held = positions.masked_fill(counted.logical_not(), Scalars.Of(0));
        var count = counted.sum([1L], keepdim: true).clamp(min: Scalars.Of(1));
        return positions - held.sum([1L], keepdim: true) / count;
    }
}
