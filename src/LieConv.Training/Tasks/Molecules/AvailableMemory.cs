using System.Globalization;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>How much memory there is for a computation.</summary>
internal static class AvailableMemory
{
    private const string Key = "MemAvailable:";

    /// <summary>Bytes that neither the machine nor the limit of a container keeps from this process.</summary>
    public static long Bytes()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Max(0, Math.Min(limit, OfMachine() ?? long.MaxValue));
    }

    private static long? OfMachine()
    {
        try
        {
            const string path = "/proc/meminfo";
            if (!File.Exists(path)) return null;
            var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            var kilobytes = line?[Key.Length..].Trim().Split(' ')[0];
            return long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value * 1024
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
