using System.Text.Json.Serialization;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Neighbours;

namespace LieConv.Layers;

/// <summary>What all blocks of a network have in common: neighbours, lift, normalisation, nonlinearity and products. Every
/// network on a group nests it in its options, so that a choice that is made here is there for all.</summary>
/// <remarks>What a network takes where nothing is said is its <c>Block</c>'s value; change it by
/// <c>options.Block with { ... }</c>.</remarks>
public sealed record BlockOptions
{
    /// <summary>Far beyond any use: a slip of the keyboard is not to fill the memory.</summary>
    private const int MostRadial = 256;

    /// <summary>What brings values of neighbours together.</summary>
    /// <value>Convolution</value>
    public BlockKind Kind { get; init; }

    /// <summary>The attention of blocks whose <see cref="Kind"/> it is.</summary>
    /// <value>As <see cref="AttentionOptions"/>: eight heads.</value>
    public AttentionOptions Attention { get; init; } = new();

    /// <summary>Which points are neighbours; null for what suits the network: a <see cref="NeighborhoodKind.Ball"/>, or
    /// <see cref="NeighborhoodKind.Everything"/> in dynamics and where a molecule's ball would hold all of it.</summary>
    /// <value>null</value>
    public NeighborhoodKind? Neighborhood { get; init; }

    /// <summary>Neighbours k that a query sums over at most, <see cref="int.MaxValue"/> for no limit, of the nearest also
    /// those that are as near as the last of them; unused with <see cref="NeighborhoodKind.Everything"/>.</summary>
    /// <value>25</value>
    public int SampleCount { get; init; } = 25;

    /// <summary>Lifts of a point; more than one only where the group has a stabilizer and lifts are drawn.</summary>
    /// <value>1</value>
    public int LiftSamples { get; init; } = 1;

    /// <summary>Whether all points of a set share the same stabilizer draws.</summary>
    /// <value>false</value>
    public bool SharedLift { get; init; }

    /// <summary>Whether an even number of lifts under SE2 goes all the way round the circle, and a point at the centre of
    /// SO2 or RxSO2 has the azimuth 0, as in the original: then two lifts lie half a turn apart, or one does not turn with
    /// the set, and the network is not equivariant even in distribution. Networks that were trained so need it.</summary>
    /// <value>false</value>
    public bool OriginalLiftSteps { get; init; }

    /// <summary>Where lifts come from: random draws, or frames of the set.</summary>
    /// <value>Sampled</value>
    public FrameChoice Frames { get; init; } = FrameChoice.Sampled;

    /// <summary>Whether training sees a set from one of its weighted frames, drawn with the probability of the frame's
    /// weight, in place of the mean over all of them: an unbiased estimate at a fraction of the cost. Evaluation takes all.
    /// Of derivatives after coordinates, as of forces, it has no estimate: how weights change is not in one view.</summary>
    /// <value>false</value>
    public bool DrawnFrames { get; init; }

    /// <summary>Functions of the distance r of two points that kernel networks read beside the relative coordinates, smooth
    /// everywhere and 0 from <see cref="RadialCutoff"/> on: (1 - (r/c)²)³ cos(kπ r/c), k = 0, 1, ... Groups that scale are
    /// refused, for distances are not invariant under them.</summary>
    /// <value>0, none</value>
    public int RadialBasis { get; init; }

    /// <summary>The distance c from which the functions of <see cref="RadialBasis"/> are 0, in the unit of the coordinates;
    /// of molecules in Angstrom.</summary>
    /// <value>0; it must be said where there are such functions</value>
    public double RadialCutoff { get; init; }

    /// <summary>Whether kernel networks read the functions of <see cref="RadialBasis"/> alone. Under T(D) and Trivial(D) a
    /// network is then invariant under all rotations, too, and sees distances only.</summary>
    /// <value>false</value>
    public bool RadialOnly { get; init; }

    /// <summary>Whether sums over neighbours and over the set are means.</summary>
    /// <value>true</value>
    public bool Mean { get; init; } = true;

    /// <summary>Whether kernel networks and blocks use batch normalisation. In training it makes what is said of one set
    /// depend on the others of its batch, so that motions and forces need networks without it. Blocks with attention
    /// normalise the channels of each point by themselves instead, whatever is said here.</summary>
    /// <value>true</value>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Weight of the newest batch in the running statistics of batch norms, from 0 to 1.</summary>
    /// <value>0.1</value>
    public double NormMomentum { get; init; } = MaskedBatchNorm.Momentum;

    /// <summary>The nonlinearity.</summary>
    /// <value>Swish</value>
    public Activation Activation { get; init; } = Activation.Swish;

    /// <summary>What the large matrix products of the blocks are computed in; embedding and head are small, and stay in
    /// full precision. It is no part of a network's shape, and files do not have it.</summary>
    /// <value>Full</value>
    [JsonIgnore]
    public ProductPrecision Products { get; init; }

    /// <summary>How points are lifted, where no frames do it.</summary>
    internal LiftOptions Lift => new()
    {
        Samples = LiftSamples, SharedAcrossPoints = SharedLift, Framed = Frames == FrameChoice.Framed,
        OriginalSteps = OriginalLiftSteps,
    };

    /// <summary>The functions of distances that kernel networks read of a group's relative coordinates; null for none.
    /// </summary>
    /// <exception cref="ArgumentException">If the group does not keep distances.</exception>
    internal RadialFunctions? Radial(LieGroup group) =>
        RadialFunctions.Create(group, RadialBasis, RadialCutoff, RadialOnly);

    /// <summary>Whether there are batch norms.</summary>
    internal bool HasBatchNorm => BatchNorm && Kind == BlockKind.Convolution;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!Enum.IsDefined(Kind)) errors.Add($"Kind is {Kind}; expected a named kind.");
        if (Attention is null) errors.Add("Attention is null; expected its settings.");
        else errors.AddRange(Attention.Validate());
        if (SampleCount < 1) errors.Add($"SampleCount is {SampleCount}; expected at least 1.");
        if (LiftSamples < 1) errors.Add($"LiftSamples is {LiftSamples}; expected at least 1.");
        if (!MaskedBatchNorm.IsMomentum(NormMomentum))
            errors.Add(MaskedBatchNorm.MomentumError(NormMomentum, nameof(NormMomentum)));
        if (Neighborhood is { } kind && !Enum.IsDefined(kind))
            errors.Add($"Neighborhood is {kind}; expected a named kind.");
        if (!Enum.IsDefined(Frames)) errors.Add($"Frames is {Frames}; expected a named choice.");
        if (DrawnFrames && Frames == FrameChoice.Sampled)
            errors.Add("DrawnFrames is true, but Frames is Sampled; expected Weighted frames to draw from.");
        if (RadialBasis is < 0 or > MostRadial)
            errors.Add($"RadialBasis is {RadialBasis}; expected 0 (none) to {MostRadial} functions.");
        if (RadialBasis > 0 && !(RadialCutoff > 0 && double.IsFinite(RadialCutoff)))
            errors.Add($"RadialCutoff is {RadialCutoff:R}; expected the distance above 0 from which the functions of " +
                "RadialBasis are 0.");
        if (RadialBasis == 0 && RadialOnly)
            errors.Add("RadialOnly is true, but RadialBasis is 0; expected the number of functions that are read.");
        if (!Enum.IsDefined(Activation)) errors.Add($"Activation is {Activation}; expected a named function.");
        if (!Enum.IsDefined(Products)) errors.Add($"Products is {Products}; expected a named precision.");
        return errors;
    }

    /// <summary>What is wrong with a block that may be missing, as from a file.</summary>
    internal static IReadOnlyList<string> Validate(BlockOptions? block) =>
        block is null ? ["Block is null; expected its settings."] : block.Validate();
}
