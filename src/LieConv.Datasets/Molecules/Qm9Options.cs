namespace LieConv.Datasets.Molecules;

/// <summary>Which molecules of QM9 to load, and how.</summary>
public sealed record Qm9Options
{
    /// <summary>Folder with the files (in it or its subfolder 'qm9'), an archive itself, or null for the default
    /// data folder and, without data there, the sample.</summary>
    /// <value>null.</value>
    public string? DataRoot { get; init; }

    /// <summary>Leaves out the molecules whose geometry does not match their formula, as published results do.</summary>
    /// <value>true.</value>
    public bool DropUncharacterized { get; init; } = true;

    /// <summary>Keeps what was read in a file, from which the next run loads it at once.</summary>
    /// <value>true.</value>
    public bool UseCache { get; init; } = true;

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each error; empty if there is none.</returns>
    public IReadOnlyList<string> Validate() => DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot)
        ? ["DataRoot is blank; expected a folder."]
        : [];
}
