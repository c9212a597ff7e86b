using System.Globalization;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>A GPU is welcome and not needed.</summary>
internal sealed class CudaCheck : DoctorCheck
{
    public override Finding Examine(MachineFacts facts) => facts.Libtorch.CudaDevices switch
    {
        0 => Finding.Ok("CUDA", "not available; computes on the CPU"),
        1 => Finding.Ok("CUDA", "1 device; use it with --device cuda"),
        var count => Finding.Ok("CUDA", string.Create(CultureInfo.InvariantCulture, $"{count} devices; use one with --device cuda:0")),
    };
}
