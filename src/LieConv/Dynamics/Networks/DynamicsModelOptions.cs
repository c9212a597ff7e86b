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
        return errors;
    }
}
