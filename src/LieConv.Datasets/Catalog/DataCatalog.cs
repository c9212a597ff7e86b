using LieConv.Datasets.Digits;
using LieConv.Datasets.Molecules;

namespace LieConv.Datasets.Catalog;

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
                $"'lieconv data fetch mnist' puts it into {Path.Combine(dataRoot, MnistSource.Folder)}"),
            new("rotmnist", Folder(official?.Test),
                $"put {OfficialFiles.TrainValidationName} and {OfficialFiles.TestName} into " +
                $"{Path.Combine(dataRoot, "rotmnist")}; without them it is built from mnist"),
            new("rotmnist-sample", FormattableString.Invariant(
                $"embedded: {EmbeddedSample.TrainCount:N0} train and {EmbeddedSample.TestCount:N0} test digits"), ""),
            new("qm9", Folder(Qm9Files.Find(dataRoot)?.Molecules),
                $"'lieconv data fetch qm9' puts it into {Path.Combine(dataRoot, Qm9Source.Folder)}; " +
                "without it a sample of 401 molecules is used"),
            new("md17", Md17Folder(dataRoot), $"put NAME.npz of MD17 or rMD17 into {Path.Combine(dataRoot, "md17")}"),
            new("qm7", Directory.Exists(Path.Combine(dataRoot, "qm7")) ? Path.Combine(dataRoot, "qm7") : null,
                $"put qm7_xyz.tar.bz2 and hof_qm7.txt into {Path.Combine(dataRoot, "qm7")}"),
        ];
    }

    private static string? Md17Folder(string dataRoot)
    {
        var folder = Path.Combine(dataRoot, Md17.Folder);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.npz", SearchOption.AllDirectories).Any()
            ? folder
            : null;
    }

    private static string? Folder(string? file) => Path.GetDirectoryName(file);
}
