using System.Text;
using LieConv.Serialization;

namespace LieConv.Training.Description;

/// <summary>Predictions as CSV or JSON files.</summary>
public static class ResultFile
{
    /// <summary>Whether a file of this name holds JSON, not CSV.</summary>
    /// <exception cref="ArgumentException">If its name ends in neither .json nor .csv.</exception>
    public static bool IsJson(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the file to write is blank; expected a .json or .csv file.");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => true,
            ".CSV" => false,
            _ => throw new ArgumentException($"The file to write, '{path}', ends in neither .json nor .csv."),
        };
    }

    /// <summary>Refuses a file that could not be written, before anything is computed for it.</summary>
    /// <exception cref="ArgumentException">If its name ends in neither .json nor .csv, its folder does not exist, or it is
    /// a folder itself.</exception>
    public static void Check(string path)
    {
        IsJson(path);
        if (Directory.Exists(path))
            throw new ArgumentException($"The file to write, '{path}', is a folder; expected a file.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
            throw new ArgumentException($"The folder of the file to write, '{path}', does not exist.");
    }

    /// <summary>Writes a file atomically, of the kind that its name says.</summary>
    /// <exception cref="ArgumentException">If its name ends in neither .json nor .csv.</exception>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write(string path, PredictedResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var bytes = Encoding.UTF8.GetBytes(IsJson(path) ? results.Json() + "\n" : results.Csv());
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
