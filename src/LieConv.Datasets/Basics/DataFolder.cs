namespace LieConv.Datasets.Basics;

/// <summary>Where data files are kept when no folder is named.</summary>
public static class DataFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "LIECONV_DATA";

    /// <summary>
    /// $LIECONV_DATA where it is set, else the folder 'lieconv' in the user's data folder (~/.local/share on Linux).
    /// Need not exist.
    /// </summary>
    public static string Default => Environment.GetEnvironmentVariable(Variable) is { } named
        && !string.IsNullOrWhiteSpace(named)
            ? Path.GetFullPath(named)
            : Path.Combine(UserData, "lieconv");

    // Without DoNotVerify .NET answers "" for a folder that does not exist yet, and the data would land in the
    // current folder.
    private static string UserData => Environment.GetFolderPath(
        Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}
