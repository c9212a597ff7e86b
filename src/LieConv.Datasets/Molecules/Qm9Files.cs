namespace LieConv.Datasets.Molecules;

/// <summary>QM9's files in a data folder.</summary>
/// <param name="Molecules">The archive or the folder of .xyz files.</param>
/// <param name="UncharacterizedFile">uncharacterized.txt, or null where the library's own copy serves.</param>
/// <param name="AtomReferenceFile">atomref.txt, or null where the library's own copy serves.</param>
internal sealed record Qm9Files(string Molecules, string? UncharacterizedFile, string? AtomReferenceFile)
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "qm9";

    /// <summary>Name of the published archive.</summary>
    public const string ArchiveName = "dsgdb9nsd.xyz.tar.bz2";

    /// <summary>Name of the list of uncharacterized molecules.</summary>
    public const string UncharacterizedName = "uncharacterized.txt";

    /// <summary>Name of the table of free atoms.</summary>
    public const string AtomReferenceName = "atomref.txt";

    // The published archive first, then the same unpacked one level, then parts of it.
    private static readonly string[] ArchiveNames =
    [
        ArchiveName, "dsgdb9nsd.xyz.tar.gz", "dsgdb9nsd.xyz.tar", "dsgdb9nsd.xyz.zip", "dsgdb9nsd.xyz",
        "qm9_real_joined.xyz.tar.bz2", "qm9_original_files.xyz.tar.bz2",
    ];

    /// <summary>Finds them in a data folder, its subfolder 'qm9', or takes the path itself if it is an archive.</summary>
    /// <returns>Null where there are none.</returns>
    public static Qm9Files? Find(string root)
    {
        if (File.Exists(root)) return From(root, Path.GetDirectoryName(Path.GetFullPath(root))!);
        foreach (var folder in new[] { Path.Combine(root, Folder), root })
        {
            if (!Directory.Exists(folder)) continue;
            foreach (var path in ArchiveNames.Select(name => Path.Combine(folder, name)))
                if (File.Exists(path) || HoldsMolecules(path)) return From(path, folder);
            if (HoldsMolecules(folder)) return From(folder, folder);
        }

        return null;
    }

    private static bool HoldsMolecules(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "dsgdb9nsd_*.xyz").Any();

    private static Qm9Files From(string molecules, string folder) => new(
        molecules, IfThere(Path.Combine(folder, UncharacterizedName)), IfThere(Path.Combine(folder, AtomReferenceName)));

    private static string? IfThere(string path) => File.Exists(path) ? path : null;
}
