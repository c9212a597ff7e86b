using System.Text.Json;
using LieConv.Training.Description;
using LieConv.Training.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Predicted motions as a table or JSON.</summary>
public static class MotionFile
{
    private const string TimeDigits = "G12";
    private const string AllDigits = "R";

    /// <summary>A row for each time and particle: time, particle, position, momentum; before them the system where
    /// there are several.</summary>
    public static ResultTable Table(IReadOnlyList<PredictedMotion> motions)
    {
        ArgumentNullException.ThrowIfNull(motions);
        var fields = ParticleFields.Create(1, motions[0].Positions[0][0].Length);
        var rows = motions.SelectMany((motion, system) => motion.Positions.SelectMany(
            (particles, t) => particles.Select((_, i) => (System: system, Motion: motion, Time: t, Particle: i)))).ToArray();
        ResultColumn[] system = motions.Count > 1
            ? [ResultColumn.Counts("system", [.. rows.Select(row => row.System + 1L)])]
            : [];
        return new ResultTable(
        [
            .. system,
            ResultColumn.Numbers("time", [.. rows.Select(row => row.Motion.Times[row.Time])], TimeDigits),
            ResultColumn.Counts("particle", [.. rows.Select(row => row.Particle + 1L)]),
            .. fields.PositionColumns.Select((name, axis) => ResultColumn.Numbers(
                name, [.. rows.Select(row => row.Motion.Positions[row.Time][row.Particle][axis])], AllDigits)),
            .. fields.MomentumColumns.Select((name, axis) => ResultColumn.Numbers(
                name, [.. rows.Select(row => row.Motion.Momenta[row.Time][row.Particle][axis])], AllDigits)),
        ]);
    }

    /// <summary>An array with an object for each system: times, positions and momenta by time, particle and axis.</summary>
    public static string Json(IReadOnlyList<PredictedMotion> motions) =>
        JsonSerializer.Serialize(motions, JsonFormat.Line);
}
