using System.Text.RegularExpressions;

namespace LieConv.Serialization;

/// <summary>Files that are either complete or not there.</summary>
public static partial class AtomicFile
{
    /// <summary>
    /// Writes a file by way of a temporary neighbour: flushed to the disk, then renamed. Whatever fails, a file that
    /// was at the path before stays as it was and no part of the new one remains. What a process that was killed left
    /// of the same file is cleared first.
    /// </summary>
    /// <param name="path">The file to make or replace; its folder must exist.</param>
    /// <param name="content">Writes the content to the given stream.</param>
    /// <exception cref="IOException">If the file cannot be written: one sentence with the path and the
    /// reason.</exception>
    public static void Write(string path, Action<Stream> content) =>
        Write(path, content, static temporary => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write));

    /// <summary>The same with a stream of the caller's, so that tests can fill the disk.</summary>
    /// <param name="path">The file to make or replace; its folder must exist.</param>
    /// <param name="content">Writes the content to the given stream.</param>
    /// <param name="open">Opens the temporary file of the given path for writing.</param>
    /// <exception cref="IOException">If the file cannot be written: one sentence with the path and the
    /// reason.</exception>
    public static void Write(string path, Action<Stream> content, Func<string, Stream> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(open);
        var full = Path.GetFullPath(path);
        RemoveLeftovers(Path.GetDirectoryName(full)!, Path.GetFileName(full));
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = open(temporary))
            {
                content(stream);
                Flush(stream);

                // Renamed while it is open, since an open file is one whose writer lives. Windows renames no open file.
                if (!OperatingSystem.IsWindows()) File.Move(temporary, path, overwrite: true);
            }
            if (OperatingSystem.IsWindows()) File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure)
        {
            Discard(temporary);
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"Cannot write '{path}': {Reason(failure)}; nothing that was there has changed.", failure);
            }
            throw;
        }
    }

    /// <summary>Deletes the temporary files of this class that processes left when they were killed; those of a process
    /// that still writes stay, and so does every file of another name.</summary>
    /// <param name="folder">The folder; its subfolders are not looked at.</param>
    /// <returns>How many were deleted.</returns>
    public static int RemoveLeftovers(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return RemoveLeftovers(folder, null);
    }

    /// <param name="folder">The folder.</param>
    /// <param name="name">The file whose temporary ones are meant; null for all.</param>
    private static int RemoveLeftovers(string folder, string? name)
    {
        try
        {
            if (!Directory.Exists(folder)) return 0;
            return Directory.EnumerateFiles(folder, "*.tmp").ToArray().Count(file =>
                TemporaryName().Match(Path.GetFileName(file)) is { Success: true } match &&
                (name is null || match.Groups["name"].Value == name) && DeleteIfNobodyWrites(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0; // left-over files cost space only
        }
    }

    /// <summary>Who writes a file has it open and so locked, until it has its name.</summary>
    private static bool DeleteIfNobodyWrites(string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                if (!OperatingSystem.IsWindows()) File.Delete(file);
            }
            if (OperatingSystem.IsWindows()) File.Delete(file);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The system's reason without the name of the temporary file, which means nothing to the user.</summary>
    private static string Reason(Exception failure) => failure switch
    {
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "permission denied",
        _ => failure.Message.Split(" : '")[0].TrimEnd('.'),
    };

    private static void Flush(Stream stream)
    {
        // Without the flush to the disk, a power cut after the rename can leave a complete name with empty content.
        if (stream is FileStream file) file.Flush(flushToDisk: true);
        else stream.Flush();
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a left-over temporary file harms nobody.
        }
    }

    [GeneratedRegex(@"^(?<name>.+)\.[0-9a-f]{32}\.tmp$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();
}
