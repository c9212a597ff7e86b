namespace LieConv.Datasets.Readers;

/// <summary>Opens a file of a data set.</summary>
internal static class DataFile
{
    /// <summary>Reads a file from its start.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads from the open stream.</param>
    /// <exception cref="InvalidDataException">It cannot be opened or read: one sentence that names it.</exception>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            return read(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }
}
