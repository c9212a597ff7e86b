namespace LieConv.Datasets.Points;

/// <summary>Which points to learn from, and what their columns mean. Lists of names are parted by commas.</summary>
public sealed record PointDataOptions
{
    /// <summary>Says in a list of names that no column is meant, where an empty list lets them be guessed.</summary>
    public const string None = "none";

    private const int MostMeshPoints = 10_000_000;

    /// <summary>A table, a file of sets, or a folder with a file a set.</summary>
    public string Path { get; init; } = "";

    /// <summary>Columns or array of the coordinates, 1 to 6; empty: guessed by name.</summary>
    public string Coords { get; init; } = "";

    /// <summary>Columns of the values; empty: guessed (all that have no other meaning); none: no values.</summary>
    public string Values { get; init; } = "";

    /// <summary>Column that tells which set a row belongs to; empty: guessed by name.</summary>
    public string Id { get; init; } = "";

    /// <summary>Columns of the targets; empty: guessed by name; none: no targets.</summary>
    public string Target { get; init; } = "";

    /// <summary>Column of groups of sets that a split must not tear apart; empty: none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Column that says train, validation or test; empty: none.</summary>
    public string Split { get; init; } = "";

    /// <summary>
    /// Kinds of targets and values where the detected ones are not meant: NAME:KIND, KIND of class, number, set (one of
    /// the set) and points (one of each point), as in "label:class,charge:number,label:points".
    /// </summary>
    public string Kinds { get; init; } = "";

    /// <summary>Points that are drawn from a mesh, by area; 0: its vertices.</summary>
    /// <value>1024.</value>
    public int MeshPoints { get; init; } = 1024;

    /// <summary>Seed of the points that are drawn from a mesh.</summary>
    /// <value>0.</value>
    public long MeshSeed { get; init; }

    /// <summary>Folder whose subfolder 'points' keeps what was read where it cannot be kept beside the data; null for
    /// the usual data folder.</summary>
    public string? DataRoot { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Path))
            errors.Add("data.path is empty; expected a table, a file of sets or a folder (--data PATH).");
        foreach (var (name, list) in new[]
                 {
                     ("coords", Coords), ("values", Values), ("id", Id), ("target", Target), ("group", Group),
                     ("split", Split), ("kinds", Kinds),
                 })
            if (list is null) errors.Add($"{name} is null; expected names, or an empty text.");
        if (MeshPoints is < 0 or > MostMeshPoints)
            errors.Add($"meshPoints is {MeshPoints}; expected 0 to {MostMeshPoints}.");
        if (MeshSeed is < 0 or > uint.MaxValue) errors.Add($"meshSeed is {MeshSeed}; expected 0 to {uint.MaxValue}.");
        if (DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot))
            errors.Add("dataRoot is blank; expected a folder.");
        return errors;
    }
}
