using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The numbers of an animation as JSON: rounded, thinned, and safe inside a script element.</summary>
internal static class AnimationData
{
    /// <summary>What a screen shows in a few seconds.</summary>
    public const int MaxFrames = 600;

    private const string NumberFormat = "G5";

    /// <summary>Close times late in a long rollout must not become equal.</summary>
    private const string TimeFormat = "G8";

    public static string Json(RolloutReport report)
    {
        var frames = Frames(report.Times.Length);
        var buffer = new ArrayBufferWriter<byte>();

        // The writer's default encoder escapes <, > and &, so that no label can end the script element.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("system", report.System);
            json.WriteString("network", report.Label);
            WriteCurve(json, "trainedUntil", report.TrainedUntil is { } end ? [end] : [], [0], TimeFormat);
            WriteCurve(json, "times", report.Times, frames, TimeFormat);
            WriteCurve(json, "energyDriftTrue", report.EnergyDriftTrue, frames);
            WriteCurve(json, "energyDrift", report.EnergyDriftPredicted, frames);
            json.WriteStartArray("systems");
            foreach (var trajectory in report.Trajectories) WriteSystem(json, trajectory, frames);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Which times are shown: all, or evenly chosen ones with the first and the last.</summary>
    internal static int[] Frames(int count)
    {
        var kept = Math.Min(count, MaxFrames);
        return [.. Enumerable.Range(0, kept).Select(i => (int)Math.Round(i * (count - 1.0) / Math.Max(1, kept - 1)))];
    }

    private static void WriteSystem(Utf8JsonWriter json, RolloutTrajectory trajectory, int[] frames)
    {
        json.WriteStartObject();
        json.WriteNumber("dimensions", trajectory.Dimensions);
        WriteCurve(json, "masses", trajectory.Masses, [.. Enumerable.Range(0, trajectory.Masses.Length)]);
        WritePositions(json, "true", trajectory.True, frames);
        WritePositions(json, "predicted", trajectory.Predicted, frames);
        WriteCurve(json, "error", trajectory.RelativeError, frames);
        WriteCurve(json, "energyDrift", trajectory.EnergyDrift, frames);
        json.WriteEndObject();
    }

    /// <summary>One flat array a frame: x, y (and z) of each particle in turn.</summary>
    private static void WritePositions(Utf8JsonWriter json, string name, double[][][] positions, int[] frames)
    {
        json.WriteStartArray(name);
        foreach (var frame in frames)
        {
            json.WriteStartArray();
            foreach (var coordinate in positions[frame].SelectMany(point => point)) WriteNumber(json, coordinate);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void WriteCurve(
        Utf8JsonWriter json, string name, double[] curve, int[] frames, string format = NumberFormat)
    {
        json.WriteStartArray(name);
        foreach (var frame in frames.Where(frame => frame < curve.Length)) WriteNumber(json, curve[frame], format);
        json.WriteEndArray();
    }

    /// <summary>JSON knows no NaN and no infinity: they become null.</summary>
    private static void WriteNumber(Utf8JsonWriter json, double value, string format = NumberFormat)
    {
        if (double.IsFinite(value))
            json.WriteRawValue(value.ToString(format, CultureInfo.InvariantCulture), skipInputValidation: true);
        else json.WriteNullValue();
    }
}
