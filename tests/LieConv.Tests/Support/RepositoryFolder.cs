using System.Runtime.CompilerServices;

namespace LieConv.Tests.Support;

/// <summary>The repository the tests were compiled from, for tests that read its text.</summary>
internal static class RepositoryFolder
{
    /// <summary>Full path of the repository's root.</summary>
    public static string Path { get; } = Find();

    /// <summary>All files of a folder with an extension, generated ones left out.</summary>
    public static IEnumerable<string> Files(string folder, string extension) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, folder), "*" + extension, SearchOption.AllDirectories)
            .Where(file => !IsGenerated(System.IO.Path.GetRelativePath(Path, file)))
            .Order(StringComparer.Ordinal);

    private static bool IsGenerated(string relative) =>
        relative.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string Find([CallerFilePath] string thisFile = "")
    {
        // The output folder lies inside the repository; where it was moved, the place of this source file helps.
        foreach (var start in new[] { AppContext.BaseDirectory, System.IO.Path.GetDirectoryName(thisFile)! })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(System.IO.Path.Combine(folder.FullName, "LieConv.slnx"))) return folder.FullName;
        throw new InvalidOperationException("These tests read the repository; run them from a clone of it.");
    }
}
