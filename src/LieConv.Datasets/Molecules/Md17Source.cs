using LieConv.Datasets.Downloads;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>The files of MD17 and rMD17, one a molecule, which are not downloaded.</summary>
public static class Md17Source
{
    private const string Pattern = "*.npz";
    private static readonly string[] Folders = [Md17.Folder, "rmd17"];
    private static readonly string[] Starts = ["md17_", "rmd17_"];

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("md17", "MD17", Md17.Folder, [], [], Verify)
    {
        Look = Look,
        Hint = root => $"put NAME.npz of MD17 or rMD17 into {Path.Combine(root, Md17.Folder)}",
    };

    private static IReadOnlyList<FileCheck> Look(string root) =>
        [.. Files(root).Select(path => FileCheck.Create(Path.GetFileName(path), path, () => NpzFile.Read(path, RequireArrays)))];

    private static string? RequireArrays(NpzFile archive) => archive.Names.Any(name => name is "R" or "coords")
        ? null
        : throw new InvalidDataException("has no array 'R' or 'coords'");

    /// <summary>Reads all frames: shapes, counts, finite numbers, and forces that somebody filled in.</summary>
    private static IReadOnlyList<FileCheck> Verify(string root)
    {
        var files = Files(root);
        return files.Count == 0
            ? [new FileCheck("NAME.npz", null, "is missing")]
            : [.. files.Select(path => FileCheck.Create(Path.GetFileName(path), path, () => Note(Md17.Read(path))))];
    }

    private static string Note(MoleculeSet frames) =>
        FormattableString.Invariant($"{frames.Count:N0} frames of {frames.AtomCount(0)} atoms");

    /// <summary>All .npz files of the folders that are looked in; of the data folder itself, which may hold others, those
    /// named after the sets.</summary>
    private static List<string> Files(string root)
    {
        var files = new List<string>();
        foreach (var folder in Folders.Select(name => Path.Combine(root, name)))
            if (Directory.Exists(folder))
                files.AddRange(Directory.EnumerateFiles(folder, Pattern, SearchOption.AllDirectories));
        if (Directory.Exists(root))
            files.AddRange(Starts.SelectMany(start => Directory.EnumerateFiles(root, start + Pattern)));
        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
