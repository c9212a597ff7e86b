using LieConv.Datasets.Pictures;

namespace LieConv.Training.Tasks.Images;

/// <summary>The files of pictures that some paths mean.</summary>
/// <param name="Files">Those that are read: in the order of the paths, and within a folder of their names.</param>
/// <param name="PassedOver">All else that is in the folders, but for what is hidden.</param>
/// <param name="Faults">A sentence for each path that means none.</param>
internal sealed record FoundPictures(
    IReadOnlyList<string> Files, IReadOnlyList<string> PassedOver, IReadOnlyList<string> Faults)
{
    /// <summary>Looks at paths: each a file itself, or a folder of files, in any subfolders.</summary>
    public static FoundPictures Find(IEnumerable<string> paths)
    {
        var (files, passedOver, faults) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (!Directory.Exists(path))
                faults.Add($"There is no file or folder '{path}'; expected {PictureFile.Formats} files, or folders of them.");
            else if (Fault(path, files, passedOver) is { } fault) faults.Add(fault);
        }
        return new FoundPictures(files, passedOver, faults);
    }

    private static string? Fault(string folder, List<string> files, List<string> passedOver)
    {
        try
        {
            var found = PictureFolder.FilesBelow(folder).ToLookup(PictureFile.IsPicture);
            files.AddRange(found[true]);
            passedOver.AddRange(found[false]);
            return found[true].Any() ? null : $"The folder '{folder}' has no {PictureFile.Formats} file.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"The folder '{folder}' cannot be read: {fault.Message.TrimEnd('.')}.";
        }
    }
}
