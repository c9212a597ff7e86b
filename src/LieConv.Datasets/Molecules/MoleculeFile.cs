namespace LieConv.Datasets.Molecules;

/// <summary>Reads molecules to predict something for: .xyz, .sdf or .mol, one molecule or many.</summary>
public static class MoleculeFile
{
    /// <summary>Reads all molecules of a file; the extension tells the format.</summary>
    /// <returns>Molecules without targets, numbered from 1 on.</returns>
    /// <exception cref="InvalidDataException">
    /// The file cannot be read or is not of its format: one sentence with file, line and what was expected.
    /// </exception>
    public static MoleculeSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".XYZ" => DataFile.Read(path, stream => XyzFile.Read(MoleculeResources.ReadAll(stream), path)),
            ".SDF" or ".MOL" => DataFile.Read(path, stream => SdfFile.Read(MoleculeResources.ReadAll(stream), path)),
            _ => throw new InvalidDataException($"{path}: expected a file that ends in .xyz, .sdf or .mol."),
        };
    }
}
