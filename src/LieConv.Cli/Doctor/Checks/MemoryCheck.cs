using System.Globalization;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Training the image networks of the presets stays below 1.5 GB.</summary>
internal sealed class MemoryCheck : DoctorCheck
{
    private const double Gigabyte = 1e9;
    private const double Needed = 1.5;

    public override Finding Examine(MachineFacts facts)
    {
        var total = facts.TotalMemory / Gigabyte;
        var free = (facts.AvailableMemory ?? facts.TotalMemory) / Gigabyte;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB free of {total:0.0} GB");
        return free < Needed
            ? Finding.Warn("memory", detail, string.Create(CultureInfo.InvariantCulture,
                $"Training the README presets takes up to {Needed:0.0} GB: close other programs, or use a smaller --batch."))
            : Finding.Ok("memory", detail);
    }
}
