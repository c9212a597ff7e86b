namespace LieConv.Datasets.Downloads;

/// <summary>The outcome of comparing a file with what it should contain.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Path">Where it is, or null where it was not found.</param>
/// <param name="Fault">What is wrong with it, or null if nothing is.</param>
public sealed record FileCheck(string Name, string? Path, string? Fault)
{
    /// <summary>What was found where nothing is wrong and no hash is known: how much it holds.</summary>
    public string? Note { get; init; }

    /// <summary>Checks a file by reading it.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="read">Reads it; returns the note, or throws.</param>
    internal static FileCheck Create(string name, string path, Func<string?> read)
    {
        try
        {
            return new FileCheck(name, path, null) { Note = read() };
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new FileCheck(name, path, Without(path, fault.Message.TrimEnd('.')));
        }
    }

    /// <summary>The message of a reader without the path that it begins with.</summary>
    private static string Without(string path, string message) =>
        new[] { $"{path}: ", $"{path}, ", $"'{path}': ", $"'{path}' " }
            .FirstOrDefault(start => message.StartsWith(start, StringComparison.Ordinal)) is { } start
            ? message[start.Length..]
            : message;
}
