namespace LieConv.Serialization;

/// <summary>Files that are either complete or not there.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a file by way of a temporary neighbour: flushed to the disk, then renamed. Whatever fails, a file that
    /// was at the path before stays as it was and no part of the new one remains.
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
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = open(temporary))
            {
                content(stream);
                Flush(stream);
            }
            File.Move(temporary, path, overwrite: true);
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
}
