namespace LieConv.Datasets;

/// <summary>Which data sets the library knows and which of them are at hand.</summary>
public static class DataCatalog
{
    /// <summary>Lists the data sets.</summary>
    /// <param name="dataRoot">Folder to look in; need not exist.</param>
    /// <exception cref="InvalidDataException">A data set is there in part only.</exception>
    public static IReadOnlyList<DataCatalogEntry> List(string dataRoot)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        var mnist = MnistFiles.Find(dataRoot);
        var official = OfficialFiles.Find(dataRoot);
        return
        [
            new("mnist", Folder(mnist?.TrainImages),
                $"'lieconv data fetch mnist' puts it into {Path.Combine(dataRoot, Downloads.MnistSource.Folder)}"),
            new("rotmnist", Folder(official?.Test),
                $"put {OfficialFiles.TrainValidationName} and {OfficialFiles.TestName} into " +
                $"{Path.Combine(dataRoot, "rotmnist")}; without them it is built from mnist"),
            new("rotmnist-sample", FormattableString.Invariant(
                $"embedded: {EmbeddedSample.TrainCount:N0} train and {EmbeddedSample.TestCount:N0} test digits"), ""),
        ];
    }

    private static string? Folder(string? file) => Path.GetDirectoryName(file);
}
