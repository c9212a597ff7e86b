using System.Text;
using LieConv.Serialization;

namespace LieConv.Training.Description;

/// <summary>Predictions as CSV, JSON or Parquet files.</summary>
public static class ResultFile
{
    /// <summary>What a file of this name holds.</summary>
    /// <exception cref="ArgumentException">If its name ends in none of .csv, .json and .parquet.</exception>
    public static ResultFormat FormatOf(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException(
                "The name of the file to write is blank; expected a .csv, .json or .parquet file.");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => ResultFormat.Json,
            ".CSV" => ResultFormat.Csv,
            ".PARQUET" => ResultFormat.Parquet,
            _ => throw new ArgumentException($"The file to write, '{path}', ends in none of .csv, .json and .parquet."),
        };
    }

    /// <summary>Refuses a file that could not be written, before anything is computed for it.</summary>
    /// <exception cref="ArgumentException">If its name ends in none of .csv, .json and .parquet, its folder does not exist,
    /// or it is a folder itself.</exception>
    public static void Check(string path)
    {
        FormatOf(path);
        if (Directory.Exists(path))
            throw new ArgumentException($"The file to write, '{path}', is a folder; expected a file.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
            throw new ArgumentException($"The folder of the file to write, '{path}', does not exist.");
    }

    /// <summary>Writes a file atomically, of the kind that its name says.</summary>
    /// <exception cref="ArgumentException">If its name ends in none of .csv, .json and .parquet.</exception>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write(string path, PredictedResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        switch (FormatOf(path))
        {
            case ResultFormat.Parquet:
                AtomicFile.Write(path, results.Table().WriteParquet);
                break;
            case ResultFormat.Json:
                WriteText(path, results.Json() + "\n");
                break;
            default:
                WriteText(path, results.Table().Csv());
                break;
        }
    }

    private static void WriteText(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
