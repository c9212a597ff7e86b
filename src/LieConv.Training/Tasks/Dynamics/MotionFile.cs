using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Predicted motions as CSV or JSON.</summary>
public static class MotionFile
{
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
