using System.Text.Json.Serialization;

namespace LieConv.Benchmarks.Tables;

/// <summary>What was measured of one workload; null where a side did not run or a figure has no meaning.</summary>
/// <param name="Workload">Name.</param>
/// <param name="Item">What a step handles; null where a step is a step.</param>
/// <param name="Items">How many of them.</param>
/// <param name="Seconds">Median seconds of our step.</param>
/// <param name="ReferenceSeconds">Median seconds of the reference's step.</param>
/// <param name="Operations">Operations that a step cannot do without; 0 where they are not counted.</param>
/// <param name="MatrixRate">Operations a second of a large matrix product, just before.</param>
/// <param name="PeakBytes">Peak memory of a process that ran our side alone.</param>
/// <param name="ReferencePeakBytes">Peak memory of a process that ran the reference alone.</param>
internal sealed record TableRow(
    string Workload, string? Item, double Items, double? Seconds, double? ReferenceSeconds, double Operations,
    double MatrixRate, double? PeakBytes, double? ReferencePeakBytes)
{
    /// <summary>How many times as fast ours is.</summary>
    [JsonIgnore]
    public double? Ratio => ReferenceSeconds / Seconds;

    /// <summary>Operations a second of ours.</summary>
    [JsonIgnore]
    public double? Rate => Operations > 0 ? Operations / Seconds : null;
}
