using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Catalog;

/// <summary>Which data sets are at hand.</summary>
public static class DataCatalog
{
    /// <summary>Lists the data sets. What is damaged or there in part only is said of that set and hides no other.
    /// </summary>
    /// <param name="sources">The data sets.</param>
    /// <param name="dataRoot">Folder to look in; need not exist.</param>
    public static IReadOnlyList<DataCatalogEntry> List(IEnumerable<DataSource> sources, string dataRoot)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        var entries = new List<DataCatalogEntry>();
        foreach (var source in sources)
        {
            entries.Add(Entry(source, dataRoot));
            if (source.Sample is { } sample) entries.Add(new DataCatalogEntry($"{source.Name}-sample", $"embedded: {sample}", ""));
        }
        return entries;
    }

    private static DataCatalogEntry Entry(DataSource source, string root)
    {
        IReadOnlyList<FileCheck> found;
        try
        {
            found = source.Look(root);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new DataCatalogEntry(source.Name, null, source.Hint(root)) { Problem = failure.Message.TrimEnd('.') };
        }
        if (found.Count == 0) return new DataCatalogEntry(source.Name, null, source.Hint(root));
        var location = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(found[0].Path!));
        var missing = source.Required.Where(name => found.All(file => file.Name != name)).ToArray();
        var faults = found.Where(file => file.Fault is not null).ToArray();
        var problem = missing.Length > 0 ? $"it lacks {string.Join(", ", missing)}"
            : faults.Length > 0 ? $"{faults[0].Path}: {faults[0].Fault}" +
                (faults.Length > 1 ? FormattableString.Invariant($", and {faults.Length - 1} more") : "")
            : null;
        return new DataCatalogEntry(source.Name, location, source.Hint(root)) { Problem = problem, Files = found.Count };
    }
}
