namespace LieConv.Datasets.Molecules;

/// <summary>Which molecules to learn from, and how they are split.</summary>
public sealed record MoleculeDataOptions
{
    /// <summary>QM9: 12 properties of 134k molecules of H, C, N, O, F (Ramakrishnan et al. 2014).</summary>
    public const string Qm9 = "qm9";

    /// <summary>QM7: atomization energies of 7k molecules of H, C, N, O, S (Rupp et al. 2012).</summary>
    public const string Qm7 = "qm7";

    /// <summary>MD17: energies and forces along the motion of one molecule (Chmiela et al. 2017).</summary>
    public const string Md17 = "md17";

    /// <summary>The set: <see cref="Qm9"/>, <see cref="Qm7"/> or <see cref="Md17"/>.</summary>
    public string Source { get; init; } = Qm9;

    /// <summary>Folder with the data; null for the usual one, else the sample inside the library.</summary>
    public string? DataRoot { get; init; }

    /// <summary>Which molecule of MD17, such as ethanol; empty for the other sets.</summary>
    public string Molecule { get; init; } = "";

    /// <summary>Molecules or frames to train on; 0 for the standard split of the set.</summary>
    public int TrainCount { get; init; }

    /// <summary>Molecules or frames to choose the best epoch by.</summary>
    public int ValidationCount { get; init; }

    /// <summary>Molecules or frames to test on at most; 0 for all that are left.</summary>
    public int TestCount { get; init; }

    /// <summary>Seed of the split.</summary>
    public long Seed { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Source is not (Qm9 or Qm7 or Md17)) errors.Add($"source is '{Source}'; expected {Qm9}, {Qm7} or {Md17}.");
        if (Source == Md17 && string.IsNullOrWhiteSpace(Molecule))
            errors.Add("molecule is empty; expected one of MD17, such as ethanol.");
        if (TrainCount < 0) errors.Add($"trainCount is {TrainCount}; expected 0 (standard split) or more.");
        if (ValidationCount < 0) errors.Add($"validationCount is {ValidationCount}; expected 0 or more.");
        if (TestCount < 0) errors.Add($"testCount is {TestCount}; expected 0 (all that are left) or more.");
        if (Seed is < 0 or > uint.MaxValue) errors.Add($"seed is {Seed}; expected 0 to {uint.MaxValue}.");
        return errors;
    }
}
