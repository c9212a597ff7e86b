using System.Globalization;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Model and cores.</summary>
internal sealed class ProcessorCheck : DoctorCheck
{
    public override Finding Examine(MachineFacts facts)
    {
        var (model, cores) = (facts.Processor.Model ?? "unknown model", facts.Processor.Cores);
        return Finding.Ok("processor", string.Create(CultureInfo.InvariantCulture, $"{model}, {cores} {(cores == 1 ? "core" : "cores")}"));
    }
}
