namespace LieConv.Datasets.Dynamics;

/// <summary>Which trajectories to make. The defaults are the spring data of the paper's main experiment.</summary>
public sealed record DynamicsDataOptions
{
    private const int MaximumParticles = 1000;

    // Far beyond any use: a slip of the keyboard is not to fill the memory.
    private const int MaximumCount = 10_000_000;
    private const int MaximumPoints = 1_000_000;

    /// <summary>Name of the system, of <see cref="DynamicalSystems.Names"/>.</summary>
    /// <value>springs.</value>
    public string System { get; init; } = "springs";

    /// <summary>Particles of a system, the star among them.</summary>
    /// <value>6.</value>
    public int Particles { get; init; } = 6;

    /// <summary>Dimension of the space the particles move in: 2 or 3.</summary>
    /// <value>2.</value>
    public int Dimensions { get; init; } = 2;

    /// <summary>Training trajectories.</summary>
    /// <value>3,000.</value>
    public int TrainCount { get; init; } = 3000;

    /// <summary>Validation trajectories; 0 for none.</summary>
    /// <value>200.</value>
    public int ValidationCount { get; init; } = 200;

    /// <summary>Test trajectories.</summary>
    /// <value>2,000.</value>
    public int TestCount { get; init; } = 2000;

    /// <summary>Time points of a chunk, the given first one included.</summary>
    /// <value>5.</value>
    public int ChunkLength { get; init; } = 5;

    /// <summary>Time points of a whole trajectory; 0 asks for the system's own number.</summary>
    /// <value>The system's own: 500 for springs, 200 for n-body.</value>
    public int Points
    {
        get => field != 0 ? field : DynamicalSystems.TryFind(System)?.Points ?? DynamicalSystem.UsualPoints;
        init;
    }

    /// <summary>Time from one point to the next, in the system's units.</summary>
    /// <value>0.01.</value>
    public double TimeStep { get; init; } = 0.01;

    /// <summary>Makes the data as the original does, faults included, to compare with published numbers:
    /// docs/deviations.md, "Dynamics data".</summary>
    /// <value>false.</value>
    public bool Paper { get; init; }

    /// <summary>Keeps the whole training trajectories, so that every epoch can draw new chunks of them.</summary>
    /// <value>false: one chunk of each trajectory serves for the whole training.</value>
    public bool FreshChunks { get; init; }

    /// <summary>Test trajectories that are kept whole, for rollouts; at most all of them.</summary>
    /// <value>20.</value>
    public int RolloutCount { get; init; } = 20;

    /// <summary>Seed of everything random in the data.</summary>
    /// <value>0.</value>
    public long Seed { get; init; }

    /// <summary>Folder whose subfolder 'dynamics' keeps what was made, or null for the default data folder.</summary>
    /// <value>null.</value>
    public string? DataRoot { get; init; }

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each error; empty if there is none.</returns>
    public IReadOnlyList<string> Validate() => DynamicalSystems.TryFind(System) is null
        ? [$"System is '{System}'; expected one of {string.Join(", ", DynamicalSystems.Names)}.", .. ValidateNumbers()]
        : ValidateNumbers();

    /// <summary>Checks all but the name of the system.</summary>
    internal IReadOnlyList<string> ValidateNumbers()
    {
        var errors = new List<string>();
        if (Particles is < 2 or > MaximumParticles)
            errors.Add($"Particles is {Particles}; expected 2 to {MaximumParticles}.");
        if (Dimensions is not (2 or 3)) errors.Add($"Dimensions is {Dimensions}; expected 2 or 3.");
        if (TrainCount < 1) errors.Add($"TrainCount is {TrainCount}; expected at least 1.");
        if (ValidationCount < 0) errors.Add($"ValidationCount is {ValidationCount}; expected 0 or more.");
        if (TestCount < 1) errors.Add($"TestCount is {TestCount}; expected at least 1.");
        if (ChunkLength < 2) errors.Add($"ChunkLength is {ChunkLength}; expected at least 2.");
        if (Points < Math.Max(ChunkLength, 2))
            errors.Add($"Points is {Points}; expected at least a chunk, {Math.Max(ChunkLength, 2)}.");
        if (!(TimeStep > 0 && double.IsFinite(TimeStep)))
            errors.Add(FormattableString.Invariant($"TimeStep is {TimeStep}; expected a number above 0."));
        foreach (var (name, count) in new[]
                 {
                     ("TrainCount", TrainCount), ("ValidationCount", ValidationCount), ("TestCount", TestCount),
                 })
            if (count > MaximumCount) errors.Add($"{name} is {count}; expected at most {MaximumCount}.");
        if (Points > MaximumPoints) errors.Add($"Points is {Points}; expected at most {MaximumPoints}.");
        if (RolloutCount < 1) errors.Add($"RolloutCount is {RolloutCount}; expected at least 1.");
        if (DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot))
            errors.Add("DataRoot is blank; expected a folder.");
        return errors;
    }
}
