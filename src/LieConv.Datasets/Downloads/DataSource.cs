namespace LieConv.Datasets.Downloads;

/// <summary>A data set that can be downloaded.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in the literature.</param>
/// <param name="Folder">The folder below the data folder that its files are kept in.</param>
/// <param name="Files">Its files.</param>
/// <param name="Mirrors">Where the net has them, the most reliable first.</param>
/// <param name="Verify">Compares the files below a data folder with what they should contain.</param>
public sealed record DataSource(
    string Name, string Title, string Folder, IReadOnlyList<RemoteFile> Files, IReadOnlyList<Uri> Mirrors,
    Func<string, IReadOnlyList<FileCheck>> Verify)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSource> Known { get; } =
    [
        new("mnist", "MNIST", MnistSource.Folder, MnistSource.Files, MnistSource.Mirrors, MnistSource.Verify),
        new("qm9", "QM9", Qm9Source.Folder, Qm9Source.Files, Qm9Source.Mirrors, Qm9Source.Verify),
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static DataSource Find(string name) => Known.FirstOrDefault(source => source.Name == name)
        ?? throw new ArgumentException(
            $"There is no data set '{name}' to fetch; expected one of {string.Join(", ", Known.Select(s => s.Name))}.");
}
