namespace LieConv.Datasets.Points;

/// <summary>Files that keep sets of points for the next run.</summary>
internal static class PointCache
{
    /// <summary>Opens a file if it is whole and was made from what the key stands for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must have been made from.</param>
    /// <param name="log">Takes a line where the file is damaged.</param>
    /// <returns>The sets, or null.</returns>
    public static PointSets? TryOpen(string path, string key, Action<string>? log) => throw new NotImplementedException();
}
