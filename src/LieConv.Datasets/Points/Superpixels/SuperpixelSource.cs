using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Points.Superpixels;

/// <summary>The superpixels that trainings have cut and kept.</summary>
public static class SuperpixelSource
{
    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new(
        "superpixels", "superpixels", SuperpixelDigits.Folder, [], [], Verify)
    {
        Look = Look,
        IsMade = true,
        Hint = _ => "nothing to do: a training cuts MNIST's digits",
    };

    private static IReadOnlyList<FileCheck> Look(string root) =>
        [.. Files(root).Select(path => new FileCheck(
            Path.GetFileName(path), path, new FileInfo(path).Length == 0 ? "is empty" : null))];

    /// <summary>Reads every set, each against its checksum. None is missing: what is not there is made.</summary>
    private static IReadOnlyList<FileCheck> Verify(string root)
    {
        var files = Files(root);
        return files.Length == 0
            ? [new FileCheck("superpixels", null, null) { Note = "none made yet" }]
            : [.. files.Select(path => FileCheck.Create(Path.GetFileName(path), path, () => Note(path)))];
    }

    private static string Note(string path)
    {
        if (PointStoreFile.TryOpen(path, isTemporary: false) is not { } file) return "of another version; not used";
        using var sets = new PointSets(file);
        var positions = new double[sets.LargestSize * sets.Schema.Dimensions];
        for (var set = 0; set < sets.Count; set++)
            sets.CopyPositions(set, positions.AsSpan(0, sets.SizeOf(set) * sets.Schema.Dimensions));
        return FormattableString.Invariant($"{sets.Count:N0} digits");
    }

    private static string[] Files(string root)
    {
        var folder = Path.Combine(root, SuperpixelDigits.Folder);
        if (!Directory.Exists(folder)) return [];
        var files = Directory.GetFiles(folder, $"*{PointCache.Ending}");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
