using System.Globalization;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>More threads than cores make libtorch's spinning threads take cores from each other
/// (docs/decisions/008).</summary>
internal sealed class ThreadsCheck : DoctorCheck
{
    public override Finding Examine(MachineFacts facts)
    {
        var (threads, cores) = (facts.Libtorch.Threads, facts.Processor.Cores);
        if (threads == 0) return Finding.Ok("threads", "unknown, since libtorch does not load");
        var set = facts.OmpThreads is { Length: > 0 } value ? $" (OMP_NUM_THREADS={value})" : "";
        var detail = string.Create(CultureInfo.InvariantCulture, $"libtorch computes on {threads} of {cores}{set}");
        if (threads > cores)
            return Finding.Warn("threads", detail, string.Create(CultureInfo.InvariantCulture,
                $"More threads than cores slow each other: set --threads {cores} or OMP_NUM_THREADS={cores}."));
        return Finding.Ok("threads", detail, threads < cores && set.Length > 0 ? "Unset OMP_NUM_THREADS to use every core." : null);
    }
}
