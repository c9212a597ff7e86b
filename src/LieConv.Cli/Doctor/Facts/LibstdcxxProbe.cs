using System.Globalization;
using LieConv.Build;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>Finds the C++ library that the loader takes, and TorchSharp's native library.</summary>
internal static class LibstdcxxProbe
{
    private const string Name = "libstdc++.so.6";

    private static readonly string[] SystemFolders =
        ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib"];

    /// <summary>The facts, for a program in that folder.</summary>
    public static LibstdcxxFacts Look(string programFolder)
    {
        var library = Loaded() ?? Searched();
        var native = new[] { "", Path.Combine("runtimes", "linux-x64", "native") }
            .Select(folder => Path.Combine(programFolder, folder, "libLibTorchSharp.so")).FirstOrDefault(File.Exists);
        var requirement = native is null || Read(native) is not { } image
            ? ElfVersionRequirement.Outcome.Absent
            : ElfVersionRequirement.Inspect(image, ElfVersionRequirement.Glibcxx);
        return new LibstdcxxFacts(library, library is null ? null : HighestVersion(Read(library) ?? []), native, requirement);
    }

    /// <summary>The largest n of the strings GLIBCXX_3.4.n in a library's bytes; null where there is none.</summary>
    public static int? HighestVersion(ReadOnlySpan<byte> image)
    {
        int? highest = null;
        var prefix = "GLIBCXX_3.4."u8;
        for (var at = image.IndexOf(prefix); at >= 0; at = image.IndexOf(prefix))
        {
            image = image[(at + prefix.Length)..];
            var end = image.IndexOf((byte)0);
            if (end is > 0 and < 4 && int.TryParse(image[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var n))
                highest = Math.Max(highest ?? 0, n);
        }

        return highest;
    }

    // What this process has loaded is what counts; a container or LD_LIBRARY_PATH may bring its own.
    private static string? Loaded()
    {
        try
        {
            return File.ReadLines("/proc/self/maps").Where(line => line.Contains(Name, StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).FirstOrDefault(File.Exists);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Searched() =>
        (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
