namespace LieConv.Training.Json;

/// <summary>Paths as they can be pasted into a shell.</summary>
public static class ShellWord
{
    /// <summary>A path as one word of a command line: as it is where nothing in it means anything to a shell, else in
    /// quotes.</summary>
    /// <param name="path">Any path.</param>
    /// <returns>On Windows quoted for its shells, elsewhere for those of POSIX.</returns>
    public static string Quote(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.StartsWith('-')) path = "./" + path; // would be taken for an option
        if (path.Length > 0 && path.All(IsPlain)) return path;
        if (OperatingSystem.IsWindows() || path.All(c => IsPlain(c) || c is ' ' or '\'' or '(' or ')'))
            return $"\"{path}\"";
        return $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char c) =>
        char.IsLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or ':' or '=' or '@' or '%' or ',' ||
        (c == '\\' && OperatingSystem.IsWindows());
}
