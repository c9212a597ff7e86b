namespace LieConv.Training.PictureFiles;

/// <summary>The files of pictures that some paths mean.</summary>
/// <param name="Files">Those that are read: in the order of the paths, and within a folder of their names.</param>
/// <param name="PassedOver">Names of all else that is in the folders.</param>
/// <param name="Faults">A sentence for each path that means none.</param>
public sealed record DigitFiles(
    IReadOnlyList<string> Files, IReadOnlyList<string> PassedOver, IReadOnlyList<string> Faults)
{
    /// <summary>What is read, for messages.</summary>
    public const string Formats = DigitFile.Formats;

    /// <summary>What a user is told of files that are not read; null where there are none.</summary>
    public string? Note => PassedOver.Count == 0
        ? null
        : $"Passed over, as expected are {Formats}: {string.Join(", ", PassedOver)}.";

    /// <summary>Looks at paths: each a file itself, or a folder of files; folders within it are passed over.</summary>
    public static DigitFiles Find(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var (files, passedOver, faults) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (!Directory.Exists(path)) faults.Add($"There is no file or folder '{path}'; expected {Formats}.");
            else if (Fault(path, files, passedOver) is { } fault) faults.Add(fault);
        }
        return new DigitFiles(files, passedOver, faults);
    }

    private static string? Fault(string folder, List<string> files, List<string> passedOver)
    {
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"The folder '{folder}' cannot be read: {fault.Message.TrimEnd('.')}.";
        }
        Array.Sort(entries, StringComparer.Ordinal);
        var isRead = entries.ToLookup(entry => DigitFile.IsDigits(entry) && !Directory.Exists(entry));
        files.AddRange(isRead[true]);
        if (!isRead[true].Any()) return $"The folder '{folder}' has no file that ends in {Formats}.";
        passedOver.AddRange(isRead[false].Select(entry => Path.GetFileName(entry)));
        return null;
    }
}
