namespace LieConv.Datasets.Downloads;

/// <summary>A data set that the tool knows: whether it is at hand, whether its files are right, and how to get it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in the literature.</param>
/// <param name="Folder">The folder below the data folder that its files are kept in.</param>
/// <param name="Files">Its files, where the net has them; else none.</param>
/// <param name="Mirrors">Where the net has them, the most reliable first; empty where they are not downloaded.</param>
/// <param name="Verify">Reads the files below a data folder and compares them with what they should contain.</param>
public sealed record DataSource(
    string Name, string Title, string Folder, IReadOnlyList<RemoteFile> Files, IReadOnlyList<Uri> Mirrors,
    Func<string, IReadOnlyList<FileCheck>> Verify)
{
    /// <summary>The files that make the set complete, by the names that <see cref="Look"/> gives them; where none is
    /// named, any that is found is a whole.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>A quick look at the files below a data folder that may not exist: those that were found, with what their
    /// first bytes and their lengths show to be wrong. It never throws for what a file holds.</summary>
    public required Func<string, IReadOnlyList<FileCheck>> Look { get; init; }

    /// <summary>What to do where it is not at hand, given the data folder: half a sentence.</summary>
    public required Func<string, string> Hint { get; init; }

    /// <summary>What a sample inside the library holds, which stands in where the set is not at hand; null for none that
    /// has a name of its own.</summary>
    public string? Sample { get; init; }

    /// <summary>Whether trainings make its files themselves: such sets are listed last.</summary>
    public bool IsMade { get; init; }

    /// <summary>Whether it can be downloaded.</summary>
    public bool CanFetch => Mirrors.Count > 0;
}
