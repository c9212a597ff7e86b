using LieConv.Dynamics.Networks;

namespace LieConv.Models.Graph;

/// <summary>The shape of a <see cref="GraphDynamics"/>, <see cref="GraphHamiltonian"/> or
/// <see cref="GraphPotential"/>.</summary>
public sealed record GraphOptions
{
    /// <summary>Dimension D of the space that the particles move in.</summary>
    /// <value>2</value>
    public int Dimensions { get; init; } = 2;

    /// <summary>Numbers c that describe a particle; the first is its mass.</summary>
    /// <value>2</value>
    public int Parameters { get; init; } = 2;

    /// <summary>Features of each node and edge and of the whole graph after a layer.</summary>
    /// <value>256</value>
    public int Channels { get; init; } = 256;

    /// <summary>Message-passing layers.</summary>
    /// <value>1</value>
    public int Layers { get; init; } = 1;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Dimensions < 1) errors.Add($"Dimensions is {Dimensions}; expected at least 1.");
        if (Parameters < 1) errors.Add($"Parameters is {Parameters}; expected at least 1, the mass.");
        if (Channels < 1) errors.Add($"Channels is {Channels}; expected at least 1.");
        if (Layers < 1) errors.Add($"Layers is {Layers}; expected at least 1.");
        return errors;
    }
}
