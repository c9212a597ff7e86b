using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>The runtime runs this; the SDK is needed to build from source.</summary>
internal sealed class DotnetCheck : DoctorCheck
{
    private const int Needed = 10;

    public override Finding Examine(MachineFacts facts)
    {
        var sdk = facts.Sdk is null ? "no SDK" : $"SDK {facts.Sdk}";
        var detail = $"runtime {facts.Runtime}, {sdk}";
        if (facts.Runtime.Major < Needed)
            return Finding.Fail(".NET", detail, $"Install .NET {Needed}: https://dotnet.microsoft.com/download");
        return facts.Sdk is null
            ? Finding.Warn(".NET", detail, $"To build from source, install the .NET {Needed} SDK and put `dotnet` on the PATH.")
            : Finding.Ok(".NET", detail);
    }
}
