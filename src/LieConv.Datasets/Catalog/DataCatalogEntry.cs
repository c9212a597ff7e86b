namespace LieConv.Datasets.Catalog;

/// <summary>A data set that the library knows.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Location">Where its files are, or null if they were not found.</param>
/// <param name="Hint">How to get it.</param>
public sealed record DataCatalogEntry(string Name, string? Location, string Hint)
{
    /// <summary>What a quick look finds wrong, as the end of a sentence; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Files that were found.</summary>
    public int Files { get; init; }
}
