using LieConv.Kernels;
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

    /// <summary>Lifts of a particle, for groups with a stabilizer; without effect where frames lift.</summary>
    /// <value>1</value>
    public int LiftSamples { get; init; } = 1;

    /// <summary>Without effect; kept for the configurations of before.</summary>
    /// <value>true</value>
    public bool SharedLift { get; init; } = true;

    /// <summary>Whether the networks with a group see systems from frames of their own where the group rotates; false
    /// is the original's lift.</summary>
    /// <value>true</value>
    public bool Frames { get; init; } = true;

    /// <summary>Whether positions are taken relative to their mean, in the networks with a group.</summary>
    /// <value>true</value>
    public bool Centred { get; init; } = true;

    /// <summary>Neighbours of a particle at most, the nearest, in the networks with a group; 0 for all.</summary>
    /// <value>0</value>
    public int NearestCount { get; init; }

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, in the networks
    /// with a group; null for <see cref="Channels"/> everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Whether sums over neighbours and over the system are means, in the networks with a group.</summary>
    /// <value>true</value>
    public bool Mean { get; init; } = true;

    /// <summary>Whether to use batch normalisation, in the networks with a group
    /// (<see cref="LieDynamicsOptions.BatchNorm"/>).</summary>
    /// <value>false</value>
    public bool BatchNorm { get; init; }

    /// <summary>Weight of the newest batch in the running statistics of batch norms, from 0 to 1.</summary>
    /// <value>0.1</value>
    public double NormMomentum { get; init; } = MaskedBatchNorm.Momentum;

    /// <summary>The nonlinearity of the networks with a group; the others have Swish.</summary>
    /// <value>Swish</value>
    public Activation Activation { get; init; } = Activation.Swish;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Channels is < 4 or > MaximumChannels)
            errors.Add($"Channels is {Channels}; expected 4 to {MaximumChannels}.");
        if (Layers is < 1 or > MaximumLayers) errors.Add($"Layers is {Layers}; expected 1 to {MaximumLayers}.");
        if (LiftSamples is < 1 or > MaximumLayers)
            errors.Add($"LiftSamples is {LiftSamples}; expected 1 to {MaximumLayers}.");
        if (NearestCount < 0) errors.Add($"NearestCount is {NearestCount}; expected 0 for all particles, or more.");
        if (BlockChannels?.Any(count => count is < 4 or > MaximumChannels) == true)
            errors.Add(
                $"BlockChannels is [{string.Join(", ", BlockChannels)}]; " +
                $"expected numbers from 4 to {MaximumChannels}.");
        if (!MaskedBatchNorm.IsMomentum(NormMomentum))
            errors.Add(MaskedBatchNorm.MomentumError(NormMomentum, nameof(NormMomentum)));
        if (!Enum.IsDefined(Activation)) errors.Add($"Activation is {Activation}; expected a named function.");
        return errors;
    }

    /// <summary>What only networks with a group can be told and is not as usual; null where nothing is.</summary>
    internal string? OfGroupsOnly() =>
        BlockChannels is not null ? nameof(BlockChannels)
        : !Mean ? nameof(Mean)
        : BatchNorm ? nameof(BatchNorm)
        : NormMomentum != MaskedBatchNorm.Momentum ? nameof(NormMomentum)
        : Activation != Activation.Swish ? nameof(Activation)
        : null;
}
