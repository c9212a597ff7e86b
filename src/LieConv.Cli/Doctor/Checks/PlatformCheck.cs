using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>libtorch exists for three platforms.</summary>
internal sealed class PlatformCheck : DoctorCheck
{
    private static readonly string[] Supported = ["linux-x64", "win-x64", "osx-arm64"];

    public override Finding Examine(MachineFacts facts)
    {
        var detail = $"{facts.OperatingSystem} ({facts.Platform})";
        return Supported.Contains(facts.Platform)
            ? Finding.Ok("platform", detail)
            : Finding.Fail("platform", detail, $"libtorch is packaged for {string.Join(", ", Supported)} only; use one of these.");
    }
}
