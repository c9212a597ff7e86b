namespace LieConv.Datasets.Downloads;

/// <summary>Files that trainings make and keep in the data folder, as a data set: none is missing, since what is not there
/// is made.</summary>
internal static class MadeFiles
{
    /// <summary>The data set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="title">What it is, in the plural.</param>
    /// <param name="folder">The folder inside the data folder.</param>
    /// <param name="pattern">Which files of it, such as *.safetensors.</param>
    /// <param name="hint">What to do where there is none.</param>
    /// <param name="verify">Reads a file, each part against its checksum; returns a note, or throws.</param>
    public static DataSource Create(
        string name, string title, string folder, string pattern, string hint, Func<string, string?> verify)
    {
        return new DataSource(name, title, folder, [], [], Verify) { Look = Look, IsMade = true, Hint = _ => hint };

        IReadOnlyList<FileCheck> Look(string root) =>
            [.. Files(root).Select(path => new FileCheck(
                Path.GetFileName(path), path, new FileInfo(path).Length == 0 ? "is empty" : null))];

        IReadOnlyList<FileCheck> Verify(string root)
        {
            var files = Files(root);
            return files.Length == 0
                ? [new FileCheck(name, null, null) { Note = "none made yet" }]
                : [.. files.Select(path => FileCheck.Create(Path.GetFileName(path), path, () => verify(path)))];
        }

        string[] Files(string root)
        {
            var here = Path.Combine(root, folder);
            if (!Directory.Exists(here)) return [];
            var files = Directory.GetFiles(here, pattern);
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
    }
}
