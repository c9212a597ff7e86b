namespace LieConv.Dynamics.Networks;

/// <summary>The shape of a <see cref="FullyConnectedDynamics"/> or <see cref="FullyConnectedHamiltonian"/>.</summary>
public sealed record FullyConnectedOptions
{
    /// <summary>Particles of a system, n; smaller systems are padded to it and have a mask.</summary>
    /// <value>6</value>
    public int Particles { get; init; } = 6;

    /// <summary>Dimension D of the space that the particles move in.</summary>
    /// <value>2</value>
    public int Dimensions { get; init; } = 2;

    /// <summary>Numbers c that describe a particle; the first is its mass.</summary>
    /// <value>2</value>
    public int Parameters { get; init; } = 2;

    /// <summary>Units of each hidden layer.</summary>
    /// <value>256</value>
    public int Channels { get; init; } = 256;

    /// <summary>Hidden layers.</summary>
    /// <value>4</value>
    public int Layers { get; init; } = 4;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Particles < 1) errors.Add($"Particles is {Particles}; expected at least 1.");
        if (Dimensions < 1) errors.Add($"Dimensions is {Dimensions}; expected at least 1.");
        if (Parameters < 1) errors.Add($"Parameters is {Parameters}; expected at least 1, the mass.");
        if (Channels < 1) errors.Add($"Channels is {Channels}; expected at least 1.");
        if (Layers < 0) errors.Add($"Layers is {Layers}; expected at least 0.");
        return errors;
    }
}
