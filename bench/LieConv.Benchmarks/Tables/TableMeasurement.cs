using LieConv.Benchmarks.Support;
using LieConv.Benchmarks.Workloads;

namespace LieConv.Benchmarks.Tables;

/// <summary>Measures a workload on both sides.</summary>
internal static class TableMeasurement
{
    private const int WarmUp = 2;

    /// <summary>Our side runs alone for so long before, since .NET compiles its kernels anew once they have proved
    /// hot.</summary>
    private const double WarmUpSeconds = 3;

    /// <summary>Memory first, each side in a child of its own, which also tells whether it fits; then times of both by
    /// turns in this process.</summary>
    public static TableRow Measure(WorkloadEntry entry, BenchmarkArguments arguments)
    {
        var fits = Fits(entry, out var item, out var items, out var operations);
        var peak = PeakCommand.Measure(Side.Ours, entry.Name, arguments);
        var referencePeak = fits ? PeakCommand.Measure(Side.Reference, entry.Name, arguments) : null;
        var rate = Machine.MatrixRate();
        var (seconds, referenceSeconds) =
            Times(entry, peak is not null, referencePeak is not null, arguments.Steps);
        return new TableRow(
            entry.Name, item, items, seconds, referenceSeconds, operations, rate, peak, referencePeak);
    }

    private static bool Fits(WorkloadEntry entry, out string? item, out double items, out double operations)
    {
        using var workload = entry.Create();
        (item, items, operations) = (workload.Item, workload.Items, workload.Operations);
        return workload.ReferenceBytes <= MemoryLimits.Tables;
    }

    /// <summary>Median seconds of both sides, a step of one after a step of the other: what else the machine does
    /// meets both.</summary>
    private static (double? Ours, double? Reference) Times(WorkloadEntry entry, bool ours, bool reference, int steps)
    {
        using var workload = entry.Create();
        var (oursSeconds, referenceSeconds) = (new List<double>(), new List<double>());
        for (var spent = 0.0; ours && spent < WarmUpSeconds;) spent += Machine.Seconds(() => workload.Step(Side.Ours));
        for (var i = -WarmUp; i < steps; i++)
        {
            if (i == 0)
            {
                oursSeconds.Clear();
                referenceSeconds.Clear();
            }
            if (ours) oursSeconds.Add(Machine.Seconds(() => workload.Step(Side.Ours)));
            if (reference) referenceSeconds.Add(Machine.Seconds(() => workload.Step(Side.Reference)));
        }
        return (ours ? Machine.Median(oursSeconds) : null, reference ? Machine.Median(referenceSeconds) : null);
    }
}
