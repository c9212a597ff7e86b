using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;

namespace LieConv.Dynamics.Networks;

/// <summary>The shape of the residual networks that learn dynamics, <see cref="LieHamiltonian"/> and
/// <see cref="LieDynamics"/>.</summary>
public sealed record LieDynamicsOptions
{
    /// <summary>Blocks whose energy is one smooth, invariant function of the system: all particles are neighbours, since a
    /// choice of the nearest makes the energy jump where it changes; systems are seen from frames of their own where the
    /// group rotates; no batch normalisation, which would make the motion of a system depend on the others of its
    /// batch.</summary>
    /// <remarks>Nothing is ever drawn here: <see cref="FrameChoice.Sampled"/> is the original's lift by azimuths about the
    /// origin, for groups that lift a point in one way; an energy then jumps where two particles are opposite, and one at
    /// the centre, whose azimuth is 0, makes it change in rotations. Means instead of sums make an energy that does not grow
    /// with the number of particles. Forces are derivatives of the nonlinearity: those of ReLU jump.</remarks>
    public static BlockOptions UsualBlock { get; } = new() { BatchNorm = false, Frames = FrameChoice.Framed };

    /// <summary>Numbers c that describe a particle; the first is its mass.</summary>
    /// <value>2</value>
    public int Parameters { get; init; } = 2;

    /// <summary>Channels of the values in all blocks, at least 4.</summary>
    /// <value>384</value>
    public int Channels { get; init; } = 384;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, instead of
    /// <see cref="Channels"/>; null for these everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Residual blocks.</summary>
    /// <value>4</value>
    public int Layers { get; init; } = 4;

    /// <summary>What all blocks have in common: neighbours, lift, normalisation, nonlinearity, products.</summary>
    /// <value><see cref="UsualBlock"/></value>
    public BlockOptions Block { get; init; } = UsualBlock;

    /// <summary>Whether positions are taken relative to the mean of the particles' positions.</summary>
    /// <value>true</value>
    public bool Centred { get; init; } = true;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Parameters < 1) errors.Add($"Parameters is {Parameters}; expected at least 1, the mass.");
        errors.AddRange(Validate(Block));
        if (BlockLists.Error(nameof(BlockChannels), BlockChannels, Layers + 1, "Layers + 1") is { } list)
            errors.Add(list);
        if (errors.Count == 0) errors.AddRange(Network(Parameters, 1, pool: true).Validate());
        return errors;
    }

    /// <summary>Refuses a lift that would have to be drawn.</summary>
    internal void CheckLift(LieGroup group)
    {
        if (Block.Frames == FrameChoice.Sampled && group.HasStabilizer)
            throw new ArgumentException(
                $"Frames is Sampled, but {group} lifts a particle in many ways, of which one would have to be drawn; " +
                "expected Framed.");
    }

    /// <summary>The residual network: nothing is drawn at random, so that the energy is one function.</summary>
    internal LieResNetOptions Network(int inputs, int outputs, bool pool) => new()
    {
        Inputs = inputs, Outputs = outputs, Pool = pool, Layers = Layers,
        Channels = BlockChannels ?? [Channels],
        FillFractions = [1],
        Block = Block with
        {
            Neighborhood = Block.Neighborhood ?? NeighborhoodKind.Everything,
            Attention = Block.Attention with
            {
                Normalization = Block.Attention.Normalization ?? AttentionNormalization.Mean,
            },
            OriginalLiftSteps = Block.Frames == FrameChoice.Sampled,
        },
    };

    /// <summary>What is wrong with the blocks of a motion, where nothing may be drawn.</summary>
    internal static IReadOnlyList<string> Validate(BlockOptions? block) => block switch
    {
        { Neighborhood: NeighborhoodKind.Ball } =>
            ["Neighborhood is Ball, whose members are drawn at random; expected Everything or Nearest."],
        { DrawnFrames: true } => ["DrawnFrames is true, but a motion needs all frames of a set; expected false."],
        _ => BlockOptions.Validate(block),
    };
}
