using LieConv.Datasets.Basics;
using LieConv.Datasets.Catalog;
using LieConv.Datasets.Downloads;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>Looks for the files of known data sets and at their first bytes.</summary>
internal static class DataFolderProbe
{
    /// <summary>The folder in use.</summary>
    public static DataFolderFacts Look() => Look(
        DataFolder.Default, named: !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(DataFolder.Variable)));

    /// <summary>A folder.</summary>
    public static DataFolderFacts Look(string folder, bool named) => new()
    {
        Path = folder,
        Named = named,
        Exists = Directory.Exists(folder),
        Files = [.. DataSources.Known.SelectMany(source => Files(source, folder))],
    };

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
