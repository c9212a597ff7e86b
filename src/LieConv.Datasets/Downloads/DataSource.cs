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
    Func<string, IReadOnlyList<FileCheck>> Verify);
