using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Whether the native library loads.</summary>
internal sealed class LibtorchCheck : DoctorCheck
{
    public override Finding Examine(MachineFacts facts)
    {
        if (facts.Libtorch.LoadFailure is not { } failure)
            return Finding.Ok("libtorch", $"{facts.Libtorch.Version ?? "unknown version"}, loads");
        var advice = facts.Libstdcxx is { } library && new LibstdcxxCheck().Examine(facts).Status == CheckStatus.Fail
            ? $"See libstdc++ below ({library.NativeLibrary ?? "libLibTorchSharp.so not found"})."
            : "Build again (`dotnet build -c Release`) so that the native libraries are copied, and see that the " +
                $"package libtorch-cpu-{facts.Platform} of the version TorchSharp asks for is referenced.";
        return Finding.Fail("libtorch", $"does not load: {failure}", advice);
    }
}
