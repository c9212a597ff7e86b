using LieConv.Datasets.Basics;
using LieConv.Datasets.Downloads;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>Looks for the files of known data sets and at their first bytes.</summary>
internal static class DataFolderProbe
{
    /// <summary>The folder in use.</summary>
    /// <param name="sources">The data sets to look for.</param>
    public static DataFolderFacts Look(IReadOnlyList<DataSource> sources) => Look(
        DataFolder.Default, !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(DataFolder.Variable)), sources);

    /// <summary>A folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="named">Whether the user named it.</param>
    /// <param name="sources">The data sets to look for.</param>
    public static DataFolderFacts Look(string folder, bool named, IReadOnlyList<DataSource>? sources = null)
    {
        sources ??= new DataFolderFacts().Sources;
        return new DataFolderFacts
        {
            Path = folder,
            Named = named,
            Exists = Directory.Exists(folder),
            Sources = sources,
            Files = [.. sources.SelectMany(source => Files(source, folder))],
        };
    }

    private static IEnumerable<DataSetFile> Files(DataSource source, string folder)
    {
        try
        {
            return [.. source.Look(folder).Select(file => new DataSetFile(source.Title, file.Name, file.Path!, file.Fault))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [new DataSetFile(source.Title, source.Folder, Path.Combine(folder, source.Folder), failure.Message)];
        }
    }
}
