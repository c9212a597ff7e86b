using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>Reads molecules to predict something for: .xyz, .extxyz, .sdf or .mol, plain or .gz, one molecule or many.
/// </summary>
public static class MoleculeFile
{
    private const string Gzip = ".gz";
    private static readonly string[] Xyz = [".xyz", ".extxyz"];
    private static readonly string[] Sdf = [".sdf", ".mol"];

    /// <summary>What is read, for messages.</summary>
    internal const string Formats = ".xyz, .extxyz, .sdf or .mol, or one of these with .gz";

    /// <summary>Whether the name is one of a file that is read.</summary>
    public static bool IsMolecules(string path) => Xyz.Concat(Sdf).Contains(Extension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads all molecules of a file, none of which may have a fault; the extension tells the format.</summary>
    /// <returns>Molecules without targets, numbered from 1 on.</returns>
    /// <exception cref="InvalidDataException">
    /// The file cannot be read or is not of its format, or a molecule has atoms closer than 0.3 Angstrom: one sentence with
    /// file, line and what was expected.
    /// </exception>
    public static MoleculeSet Read(string path) => ReadAll(path).RequireWhole(path);

    /// <summary>Reads the molecules of a file that are right, and what is wrong with the others.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or holds nothing of its format.</exception>
    public static MoleculeFileContents ReadAll(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsMolecules(path)) throw new InvalidDataException(
            $"{path}: .extxyz and packed .gz are read as well; expected a file that ends in .xyz, .sdf or .mol.");
        var text = TextFile.Read(path);
        return Xyz.Contains(Extension(path), StringComparer.OrdinalIgnoreCase)
            ? XyzFile.ReadAll(text, path)
            : SdfFile.ReadAll(text, path);
    }

    private static string Extension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase) ? path[..^Gzip.Length] : path);
    }
}
