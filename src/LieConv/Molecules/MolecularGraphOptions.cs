namespace LieConv.Molecules;

/// <summary>The shape of a <see cref="MolecularGraphNetwork"/>.</summary>
public sealed record MolecularGraphOptions
{
    /// <summary>Nuclear charges of the atoms that the network knows.</summary>
    /// <value>[1, 6, 7, 8, 9]: H C N O F</value>
    public IReadOnlyList<int> Species { get; init; } = [1, 6, 7, 8, 9];

    /// <summary>Nuclear charge that is 1 in the input.</summary>
    /// <value>9</value>
    public double ChargeScale { get; init; } = 9;

    /// <summary>Length that is 1 in the input, in Angstrom.</summary>
    /// <value>1</value>
    public double LengthUnit { get; init; } = 1;

    /// <summary>The point, in Angstrom, that positions are taken relative to before all else: x, y, z; null for the
    /// origin.</summary>
    /// <value>null</value>
    public IReadOnlyList<double>? Origin { get; init; }

    /// <summary>Numbers that the network returns for a molecule.</summary>
    /// <value>1</value>
    public int Outputs { get; init; } = 1;

    /// <summary>Features of each atom and pair and of the whole molecule after a layer.</summary>
    /// <value>64</value>
    public int Channels { get; init; } = 64;

    /// <summary>Message-passing layers.</summary>
    /// <value>1</value>
    public int Layers { get; init; } = 1;

    /// <summary>Whether positions are taken relative to the mean position of the molecule's atoms.</summary>
    /// <value>false</value>
    public bool Recentre { get; init; }

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = AtomFeatures.Validate(Species, ChargeScale);
        errors.AddRange(AtomFeatures.ValidatePlace(Origin, LengthUnit));
        if (Outputs < 1) errors.Add($"Outputs is {Outputs}; expected at least 1.");
        if (Channels < 1) errors.Add($"Channels is {Channels}; expected at least 1.");
        if (Layers < 1) errors.Add($"Layers is {Layers}; expected at least 1.");
        return errors;
    }
}
