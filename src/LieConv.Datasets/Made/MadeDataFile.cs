using System.Globalization;
using System.Text;
using LieConv.Serialization;

namespace LieConv.Datasets.Made;

/// <summary>Made sets as a table: a line for each point, with the number of its set.</summary>
public static class MadeDataFile
{
    /// <summary>Digits behind the point: what the functions of two platforms give differs far behind them.</summary>
    private const string Number = "0.######";

    /// <summary>Refuses a file that could not be written.</summary>
    /// <exception cref="ArgumentException">If its name does not end in .csv, it is a folder, or its folder does not exist.
    /// </exception>
    public static void Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!string.Equals(Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The file to write is '{path}'; expected a name that ends in .csv.");
        if (Directory.Exists(path))
            throw new ArgumentException($"The file to write, '{path}', is a folder; expected a file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new ArgumentException($"The folder of the file to write, '{path}', does not exist.");
    }

    /// <summary>Writes a file atomically: columns set, those of the data, and label where sets have one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">What is made.</param>
    /// <param name="sets">How many sets.</param>
    /// <param name="points">Points of a set.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>All points.</returns>
    /// <exception cref="ArgumentException">As <see cref="Check"/>.</exception>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static long Write(string path, MadeData data, int sets, int points, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check(path);
        var total = 0L;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Join(',', ["set", .. data.Columns, .. data.HasLabel ? new[] { "label" } : []]));
            for (var set = 0; set < sets; set++)
            {
                var made = data.Create(seed, set, points);
                total += made.Numbers.Length / data.Columns.Count;
                WriteSet(writer, set + 1, made, data.Columns.Count);
            }
        });
        return total;
    }

    private static void WriteSet(StreamWriter writer, int number, MadeSet made, int columns)
    {
        for (var start = 0; start < made.Numbers.Length; start += columns)
        {
            writer.Write(number);
            for (var c = 0; c < columns; c++)
            {
                writer.Write(',');
                // The number nearest to a negative one may be 0, whose sign means nothing.
                writer.Write((Math.Round(made.Numbers[start + c], 6) + 0.0).ToString(Number, CultureInfo.InvariantCulture));
            }
            if (made.Label is { } label)
            {
                writer.Write(',');
                writer.Write(label);
            }
            writer.WriteLine();
        }
    }
}
