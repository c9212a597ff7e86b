namespace LieConv.Datasets.Basics;

/// <summary>Where what was read from a file or folder is kept for the next run.</summary>
internal static class CachePlaces
{
    /// <summary>Beside the source first; then, where that folder cannot be written or is marked read-only, in a
    /// subfolder of the data folder.</summary>
    /// <param name="source">File or folder.</param>
    /// <param name="ending">Ending of the file's name.</param>
    /// <param name="folder">The subfolder.</param>
    /// <param name="dataRoot">The data folder; null for the usual one.</param>
    public static string[] Find(string source, string ending, string folder, string? dataRoot = null)
    {
        var path = Path.TrimEndingDirectorySeparator(source);
        if (Path.GetFileName(path) is "." or "..") path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return
        [
            path + ending,
            Path.Combine(dataRoot ?? DataFolder.Default, folder, Path.GetFileName(Path.GetFullPath(path)) + ending),
        ];
    }

    /// <summary>Whether a folder is marked as not to be written. The superuser could write there all the same; data
    /// that somebody has protected stay as they are.</summary>
    public static bool IsMarkedReadOnly(string? folder) =>
        !OperatingSystem.IsWindows() && Directory.Exists(folder)
        && (File.GetUnixFileMode(folder) & UnixFileMode.UserWrite) == 0;
}
