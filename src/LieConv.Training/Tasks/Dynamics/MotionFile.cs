using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Serialization;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Predicted motions as CSV or JSON.</summary>
public static class MotionFile
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

    /// <summary>Writes a file atomically, of the kind that its name says.</summary>
    /// <exception cref="ArgumentException">If its name ends in neither .json nor .csv.</exception>
    /// <exception cref="IOException">If it cannot be written: one sentence.</exception>
    public static void Write(string path, IReadOnlyList<PredictedMotion> motions)
    {
        var isJson = IsJson(path);
        var bytes = Encoding.UTF8.GetBytes(isJson ? Json(motions) + "\n" : Csv(motions));
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>A line for each time and particle: time, particle, position, momentum; before them the system where
    /// there are several.</summary>
    public static string Csv(IReadOnlyList<PredictedMotion> motions)
    {
        ArgumentNullException.ThrowIfNull(motions);
        var fields = ParticleFields.Of(1, motions[0].Positions[0][0].Length);
        var several = motions.Count > 1;
        var text = new StringBuilder(several ? "system," : "").Append("time,particle,");
        text.AppendJoin(',', fields.PositionColumns.Concat(fields.MomentumColumns)).Append('\n');
        for (var system = 0; system < motions.Count; system++)
        {
            var (times, positions, momenta) = motions[system];
            for (var t = 0; t < times.Length; t++)
                for (var i = 0; i < positions[t].Length; i++)
                {
                    if (several) text.Append(CultureInfo.InvariantCulture, $"{system + 1},");
                    text.Append(CultureInfo.InvariantCulture, $"{times[t]:G12},{i + 1},");
                    text.AppendJoin(',', positions[t][i].Concat(momenta[t][i]).Select(Number)).Append('\n');
                }
        }
        return text.ToString();
    }

    /// <summary>An array with an object for each system: times, positions and momenta by time, particle and axis.</summary>
    public static string Json(IReadOnlyList<PredictedMotion> motions) =>
        JsonSerializer.Serialize(motions, JsonFormat.Line);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
