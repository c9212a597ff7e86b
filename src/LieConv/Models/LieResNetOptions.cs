using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Neighbours;

namespace LieConv.Models;

/// <summary>The shape of a <see cref="LieResNet"/>.</summary>
public sealed record LieResNetOptions
{
    /// <summary>Channels of the input values.</summary>
    /// <value>1</value>
    public int Inputs { get; init; } = 1;

    /// <summary>Numbers that the network returns for an item.</summary>
    /// <value>1</value>
    public int Outputs { get; init; } = 1;

    /// <summary>Residual blocks.</summary>
    /// <value>6</value>
    public int Layers { get; init; } = 6;

    /// <summary>Channels between the blocks: one number for all, or Layers + 1 numbers that do not fall;
    /// at least 4.</summary>
    /// <value>[384]</value>
    public IReadOnlyList<int> Channels { get; init; } = [384];

    /// <summary>Wanted fraction within the ball: one number for all blocks, or one for each.</summary>
    /// <value>[1/4]</value>
    public IReadOnlyList<double> FillFractions { get; init; } = [0.25];

    /// <summary>Fraction of the points that each block keeps.</summary>
    /// <value>1</value>
    public double DownsampleFraction { get; init; } = 1;

    /// <summary>Neighbours of a query at most; <see cref="int.MaxValue"/> for no limit.</summary>
    /// <value>25</value>
    public int SampleCount { get; init; } = 25;

    /// <summary>Which points are neighbours.</summary>
    /// <value>Ball</value>
    public NeighborhoodKind Neighborhood { get; init; } = NeighborhoodKind.Ball;

    /// <summary>Lifts of a point; more than one only where the group has a stabilizer.</summary>
    /// <value>1</value>
    public int LiftSamples { get; init; } = 1;

    /// <summary>Whether all points of an item share the same stabilizer draws.</summary>
    /// <value>false</value>
    public bool SharedLift { get; init; }

    /// <summary>Whether an even number of lifts under SE2 goes all the way round the circle, and a point at the centre of
    /// SO2 or RxSO2 has the azimuth 0, as in the original: then
    /// two lifts lie half a turn apart, or one does not turn with the set, and the network is not equivariant even in
    /// distribution.</summary>
    /// <value>false</value>
    public bool OriginalLiftSteps { get; init; }

    /// <summary>Whether nothing is drawn when points are lifted. Where the group rotates this is
    /// <see cref="WeightedFrames"/>; elsewhere points are lifted in one way anyhow. Only where the group has frames.
    /// </summary>
    /// <value>false</value>
    public bool FramedLift { get; init; }

    /// <summary>Whether the network sees each set from frames of its own, those of its outermost points, and gives the
    /// mean, weighted so that it is invariant for every set and smooth; only where the group rotates. What sees a
    /// frame's view lifts each point once, and where the group does not translate all that it turns, as SO2 and SO3, it is a
    /// network on all coordinates of the view. Neighbours that are drawn, as from a <see cref="NeighborhoodKind.Ball"/>,
    /// and subsamples make it so in distribution only. The passes over a set are as many as its frames, few for sets without
    /// symmetry (docs/maths.md, Weighted frames).</summary>
    /// <value>false</value>
    public bool WeightedFrames { get; init; }

    /// <summary>Whether sums over neighbours and over the set are means.</summary>
    /// <value>true</value>
    public bool Mean { get; init; } = true;

    /// <summary>Whether the pooled vector is the sum over the set even where sums over neighbours are means.</summary>
    /// <value>false</value>
    public bool SumPooling { get; init; }

    /// <summary>Whether the values are pooled to one vector an item.</summary>
    /// <value>true</value>
    public bool Pool { get; init; } = true;

    /// <summary>Whether to use batch normalisation; not in dynamics.</summary>
    /// <value>true</value>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Weight of the newest batch in the running statistics of batch norms, from 0 to 1.</summary>
    /// <value>0.1</value>
    public double NormMomentum { get; init; } = MaskedBatchNorm.Momentum;

    /// <summary>What the large matrix products of the blocks are computed in. Embedding and head are small, and stay in
    /// full precision.</summary>
    /// <value>Full</value>
    public ProductPrecision Products { get; init; }

    /// <summary>The nonlinearity.</summary>
    /// <value>Swish</value>
    public Activation Activation { get; init; } = Activation.Swish;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Inputs < 1) errors.Add($"Inputs is {Inputs}; expected at least 1.");
        if (Outputs < 1) errors.Add($"Outputs is {Outputs}; expected at least 1.");
        if (Layers < 0) errors.Add($"Layers is {Layers}; expected at least 0.");
        if (LiftSamples < 1) errors.Add($"LiftSamples is {LiftSamples}; expected at least 1.");
        if (Channels.Count != 1 && Channels.Count != Layers + 1)
            errors.Add($"Channels has {Channels.Count} numbers; expected 1 or Layers + 1 = {Layers + 1}.");
        if (FillFractions.Count != 1 && FillFractions.Count != Layers)
            errors.Add($"FillFractions has {FillFractions.Count} numbers; expected 1 or Layers = {Layers}.");
        if (Channels.Any(count => count < BottleneckBlock.Narrowing) ||
            Channels.Zip(Channels.Skip(1)).Any(pair => pair.Second < pair.First))
            errors.Add(
                $"Channels is [{string.Join(", ", Channels)}]; " +
                $"expected numbers from {BottleneckBlock.Narrowing} up, none below the one before it.");
        if (WeightedFrames && FramedLift)
            errors.Add("WeightedFrames and FramedLift are both true; expected at most one of them.");
        if ((WeightedFrames || FramedLift) && !Pool && DownsampleFraction != 1)
            errors.Add(
                $"Pool is false and DownsampleFraction {DownsampleFraction:R}; expected 1 with frames, since views " +
                "of one set may keep different points.");
        if (!MaskedBatchNorm.IsMomentum(NormMomentum))
            errors.Add(MaskedBatchNorm.MomentumError(NormMomentum, nameof(NormMomentum)));
        if (errors.Count > 0) return errors;
        return [.. Enumerable.Range(0, Layers).SelectMany(i => Convolution(i).Validate()).Distinct()];
    }

    /// <summary>Channels before block i, or after the last for i = Layers.</summary>
    public int ChannelsAt(int i) => Channels[Channels.Count == 1 ? 0 : i];

    /// <summary>How points are lifted.</summary>
    internal LiftOptions Lift => new()
    {
        Samples = LiftSamples, SharedAcrossPoints = SharedLift, Framed = FramedLift, OriginalSteps = OriginalLiftSteps,
    };

    /// <summary>The options of the convolution in block i.</summary>
    /// <remarks>The original transposes its table of pairs whenever it subsamples it, so that every other block reads
    /// its pairs from the other end. It makes no difference to what a network can learn, but its weights need
    /// it.</remarks>
    public LieConvOptions Convolution(int i) => new()
    {
        ReversedPairs = DownsampleFraction != 1 && i % 2 == 1,
        Neighborhood = Neighborhood, SampleCount = SampleCount, DownsampleFraction = DownsampleFraction, Mean = Mean,
        FillFraction = FillFractions[FillFractions.Count == 1 ? 0 : i], BatchNorm = BatchNorm, Activation = Activation,
        NormMomentum = NormMomentum, Products = Products,
    };
}
