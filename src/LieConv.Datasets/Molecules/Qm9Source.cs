using System.Security.Cryptography;
using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Molecules;

/// <summary>What QM9's three files contain and where the net has them.</summary>
public static class Qm9Source
{
    /// <summary>The folder below the data folder that the files are kept in.</summary>
    public const string Folder = Qm9Files.Folder;

    /// <summary>The archive, with the MD5 that its publisher states, and the two tables.</summary>
    public static IReadOnlyList<RemoteFile> Files { get; } =
    [
        new(Qm9Files.ArchiveName, 86_144_227, "ad1ebd51ee7f5b3a6e32e974e5d54012")
        {
            Address = "3195389",
            Algorithm = HashAlgorithmName.MD5,
        },
        new(Qm9Files.AtomReferenceName, 964, "af739d4a0fbe894a56f346ad6045ee1b74c58f8a8c9ef3fbfed920c9ad8b00f9")
        {
            Address = "3195395",
        },
        new(Qm9Files.UncharacterizedName, 486_752, "3aa5115d540b356de94791d4a74c3bf1ed91c469ecf52a4f5d7cc0506fe02e24")
        {
            Address = "3195404",
        },
    ];

    /// <summary>Public mirrors, the most reliable first.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ndownloader.figshare.com/files/"),
        new("https://springernature.figshare.com/ndownloader/files/"),
    ];

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("qm9", "QM9", Folder, Files, Mirrors, Verify)
    {
        Required = [Qm9Files.ArchiveName],
        Look = Look,
        Hint = root => $"'lieconv data fetch qm9' puts it into {Path.Combine(root, Folder)}; " +
            $"without it a sample of {SampleCount} molecules is used",
    };

    /// <summary>Molecules of the sample inside the library.</summary>
    private const int SampleCount = 401;

    /// <summary>Compares the files below a data folder with what they should contain. Of another archive or folder than
    /// the published one, every molecule is read; the two tables may be missing, since the library has its own.</summary>
    /// <returns>For each file its path, or null where it is missing, and what is wrong with it, or null.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<FileCheck> Verify(string dataRoot)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataRoot);
        return [.. Files.Select(file => Verify(file, dataRoot))];
    }

    private static FileCheck Verify(RemoteFile file, string dataRoot)
    {
        string[] places = [Path.Combine(dataRoot, Folder, file.Name), Path.Combine(dataRoot, file.Name)];
        if (places.FirstOrDefault(File.Exists) is { } path)
            return new FileCheck(file.Name, path, ContentCheck.Fault(path, file));
        var other = Qm9Files.Find(dataRoot)?.Molecules;
        if (file.Name == Qm9Files.ArchiveName)
            return other is null
                ? new FileCheck(file.Name, null, "is missing")
                : FileCheck.Create(file.Name, other, () => Note(Qm9Archive.Read(other).Count));
        return new FileCheck(file.Name, null, other is null ? "is missing" : null)
        {
            Note = other is null ? null : "not there; the library's own copy is used",
        };
    }

    private static string Note(int count) => FormattableString.Invariant($"{count:N0} molecules") +
        (count == Qm9Archive.PublishedCount
            ? ""
            : FormattableString.Invariant($", a part of the published {Qm9Archive.PublishedCount:N0}"));

    private static IReadOnlyList<FileCheck> Look(string dataRoot)
    {
        if (!Directory.Exists(dataRoot) || Qm9Files.Find(dataRoot)?.Molecules is not { } path) return [];
        return [new FileCheck(Qm9Files.ArchiveName, path, File.Exists(path) ? Problem(path) : null)];
    }

    private static string? Problem(string path)
    {
        var (length, published) = (new FileInfo(path).Length, Files[0].ContentLength);
        return Path.GetFileName(path) == Qm9Files.ArchiveName && length != published
            ? FormattableString.Invariant($"has {length} bytes, not {published}")
            : length == 0 ? "is empty" : null;
    }
}
