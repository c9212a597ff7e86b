using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Dynamics;

/// <summary>The trajectories that trainings have made and kept.</summary>
public static class TrajectorySource
{
    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("dynamics", "trajectories", TrajectoryCache.Folder, [], [], Verify)
    {
        Look = Look,
        IsMade = true,
        Hint = _ => "nothing to do: a training makes the trajectories that it needs",
    };

    private static IReadOnlyList<FileCheck> Look(string root) =>
        [.. Files(root).Select(path => new FileCheck(
            Path.GetFileName(path), path, new FileInfo(path).Length == 0 ? "is empty" : null))];

    /// <summary>Compares each file with its own checksum. None is missing: what is not there is made.</summary>
    private static IReadOnlyList<FileCheck> Verify(string root)
    {
        var files = Files(root);
        return files.Length == 0
            ? [new FileCheck("dynamics", null, null) { Note = "none made yet" }]
            : [.. files.Select(path => FileCheck.Create(Path.GetFileName(path), path, () => TrajectoryCache.Verify(path)))];
    }

    private static string[] Files(string root)
    {
        var folder = Path.Combine(root, TrajectoryCache.Folder);
        if (!Directory.Exists(folder)) return [];
        var files = Directory.GetFiles(folder, "*.safetensors");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
