namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Which points of ModelNet40's shapes are taken.</summary>
public sealed record ModelNet40Options
{
    /// <summary>Points of a cloud in the published files.</summary>
    public const int PublishedPoints = 2048;

    private const int MostPoints = 1_000_000;

    /// <summary>Points of a cloud: of the h5 files at most 2048.</summary>
    /// <value>1024, as is usual.</value>
    public int Points { get; init; } = 1024;

    /// <summary>Whether the seed draws the points out of all of a cloud's; else the first ones are taken. Points of a
    /// mesh are drawn by the seed anyway.</summary>
    /// <value>False: the first ones.</value>
    public bool RandomPoints { get; init; }

    /// <summary>Seed of drawn points.</summary>
    /// <value>0.</value>
    public long Seed { get; init; }

    /// <summary>Folder with the files; null for the usual data folder.</summary>
    public string? DataRoot { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Points is < 1 or > MostPoints) errors.Add($"Points is {Points}; expected 1 to {MostPoints}.");
        if (Seed is < 0 or > uint.MaxValue) errors.Add($"Seed is {Seed}; expected 0 to {uint.MaxValue}.");
        if (DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot))
            errors.Add("DataRoot is blank; expected a folder.");
        return errors;
    }
}
