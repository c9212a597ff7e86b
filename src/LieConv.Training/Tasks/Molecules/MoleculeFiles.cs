using LieConv.Datasets.Molecules;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>The molecule files that a path means.</summary>
/// <param name="Files">Those that are read, in the order of their names.</param>
/// <param name="PassedOver">Names of all else that is in the folder.</param>
public sealed record MoleculeFiles(IReadOnlyList<string> Files, IReadOnlyList<string> PassedOver)
{
    /// <summary>Looks at a path: a file itself, or those of a folder; folders within it are passed over.</summary>
    /// <exception cref="ArgumentException">If there is nothing of that name, or no such file in the folder.</exception>
    public static MoleculeFiles Find(string path)
    {
        if (File.Exists(path)) return new MoleculeFiles([path], []);
        if (!Directory.Exists(path))
            throw new ArgumentException(
                $"There is no file or folder '{path}'; expected {MoleculeFile.Formats}.");
        var entries = Directory.GetFileSystemEntries(path);
        Array.Sort(entries, StringComparer.Ordinal);
        var isRead = entries.ToLookup(entry => MoleculeFile.IsMolecules(entry) && !Directory.Exists(entry));
        return isRead[true].Any()
            ? new MoleculeFiles([.. isRead[true]], [.. isRead[false].Select(entry => Path.GetFileName(entry))])
            : throw new ArgumentException($"The folder '{path}' has no file that ends in {MoleculeFile.Formats}.");
    }
}
