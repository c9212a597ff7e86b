using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Points.Superpixels;

/// <summary>The superpixels that trainings have cut and kept.</summary>
public static class SuperpixelSource
{
    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = MadeFiles.Create(
        "superpixels", "superpixels", SuperpixelDigits.Folder, $"*{PointCache.Ending}",
        "nothing to do: a training cuts MNIST's digits", Note);

    /// <summary>Reads every set, each against its checksum.</summary>
    private static string Note(string path)
    {
        if (PointStoreFile.TryOpen(path, isTemporary: false) is not { } file) return "of another version; not used";
        using var sets = new PointSets(file);
        var positions = new double[sets.LargestSize * sets.Schema.Dimensions];
        for (var set = 0; set < sets.Count; set++)
            sets.CopyPositions(set, positions.AsSpan(0, sets.SizeOf(set) * sets.Schema.Dimensions));
        return FormattableString.Invariant($"{sets.Count:N0} digits");
    }
}
