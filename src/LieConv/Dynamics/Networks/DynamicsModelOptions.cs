using LieConv.Layers;

namespace LieConv.Dynamics.Networks;

/// <summary>The shape of any network of dynamics; each kind takes from it what it has.</summary>
public sealed record DynamicsModelOptions
{
    private const int MaximumLayers = 1000;
    private const int MaximumChannels = 32768;

    /// <summary>Channels of the hidden layers, at least 4.</summary>
    /// <value>384</value>
    public int Channels { get; init; } = 384;

    /// <summary>Hidden layers, residual blocks or message-passing rounds.</summary>
    /// <value>4</value>
    public int Layers { get; init; } = 4;

    /// <summary>What all blocks of the networks with a group have in common; the other networks have none of it.</summary>
    /// <value><see cref="LieDynamicsOptions.UsualBlock"/></value>
    public BlockOptions Block { get; init; } = LieDynamicsOptions.UsualBlock;

    /// <summary>Whether positions are taken relative to their mean, in the networks with a group.</summary>
    /// <value>true</value>
    public bool Centred { get; init; } = true;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, in the networks
    /// with a group; null for <see cref="Channels"/> everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Channels is < 4 or > MaximumChannels)
            errors.Add($"Channels is {Channels}; expected 4 to {MaximumChannels}.");
        if (Layers is < 1 or > MaximumLayers) errors.Add($"Layers is {Layers}; expected 1 to {MaximumLayers}.");
        errors.AddRange(LieDynamicsOptions.Validate(Block));
        if (Block is { LiftSamples: > MaximumLayers })
            errors.Add($"LiftSamples is {Block.LiftSamples}; expected 1 to {MaximumLayers}.");
        if (BlockChannels?.Any(count => count is < 4 or > MaximumChannels) == true)
            errors.Add(
                $"BlockChannels is [{string.Join(", ", BlockChannels)}]; " +
                $"expected numbers from 4 to {MaximumChannels}.");
        return errors;
    }

    /// <summary>What only networks with a group can be told and is not as usual; null where nothing is.</summary>
    internal string? OfGroupsOnly() =>
        BlockChannels is not null ? nameof(BlockChannels)
        : Block.Mean != LieDynamicsOptions.UsualBlock.Mean ? nameof(Block.Mean)
        : Block.BatchNorm != LieDynamicsOptions.UsualBlock.BatchNorm ? nameof(Block.BatchNorm)
        : Block.NormMomentum != LieDynamicsOptions.UsualBlock.NormMomentum ? nameof(Block.NormMomentum)
        : Block.Activation != LieDynamicsOptions.UsualBlock.Activation ? nameof(Block.Activation)
        : Block.Neighborhood is not null ? nameof(Block.Neighborhood)
        : Block.Kind != BlockKind.Convolution ? nameof(Block.Kind)
        : null;
}
