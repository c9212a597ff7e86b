using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Digits;

/// <summary>What MNIST's four files contain and where the net has them.</summary>
public static class MnistSource
{
    /// <summary>The folder below the data folder that the files are kept in.</summary>
    public const string Folder = "mnist";

    /// <summary>The four files with the SHA-256 of their decompressed content.</summary>
    public static IReadOnlyList<RemoteFile> Files { get; } =
    [
        new("train-images-idx3-ubyte.gz", 47_040_016,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte.gz", 60_008,
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte.gz", 7_840_016,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte.gz", 10_008,
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>Public mirrors, the most reliable first.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("http://yann.lecun.com/exdb/mnist/"),
    ];

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("mnist", "MNIST", Folder, Files, Mirrors, Verify)
    {
        Required = MnistFiles.Names,
        Look = Look,
        Hint = root => $"'lieconv data fetch mnist' puts it into {Path.Combine(root, Folder)}",
    };

    private static IReadOnlyList<FileCheck> Look(string root) =>
        [.. from name in MnistFiles.Names let path = MnistFiles.FindAny(root, name) where path is not null
            select new FileCheck(
                name, path, DigitFileLook.Idx(path, name.Contains("idx3", StringComparison.Ordinal) ? 3 : 1))];

    /// <summary>Compares the files below a data folder with what they should contain.</summary>
    /// <returns>For each file its path, or null where it is missing, and what is wrong with it, or null.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<FileCheck> Verify(string dataRoot)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        var checks = new List<FileCheck>();
        foreach (var file in Files)
        {
            var path = MnistFiles.FindAny(dataRoot, Path.GetFileNameWithoutExtension(file.Name));
            checks.Add(new FileCheck(file.Name, path, path is null ? "is missing" : ContentCheck.Fault(path, file)));
        }

        return checks;
    }
}
