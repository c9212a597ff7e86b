using System.Globalization;
using LieConv.Build;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>
/// TorchSharp's native library names GLIBCXX_3.4.32; older C++ libraries are accepted only where the build has made
/// that requirement weak.
/// </summary>
internal sealed class LibstdcxxCheck : DoctorCheck
{
    private const int Named = 32;

    public override Finding Examine(MachineFacts facts)
    {
        if (facts.Libstdcxx is not { } library) return Finding.Ok("libstdc++", "of no concern on this platform");
        if (library.Path is null)
            return Finding.Warn("libstdc++", "libstdc++.so.6 was not found in the usual folders",
                "If libtorch does not load, install it (Debian, Ubuntu: apt-get install libstdc++6).");

        var highest = library.Highest is { } n ? string.Create(CultureInfo.InvariantCulture, $"GLIBCXX_3.4.{n}") : "no GLIBCXX version";
        var requirement = library.NativeLibrary is null ? "libLibTorchSharp.so not found" : library.Requirement switch
        {
            ElfVersionRequirement.Outcome.Strong => $"{ElfVersionRequirement.Glibcxx} required",
            ElfVersionRequirement.Outcome.Absent => $"{ElfVersionRequirement.Glibcxx} not required",
            _ => $"{ElfVersionRequirement.Glibcxx} required weakly",
        };
        var detail = $"{library.Path} has {highest}; {requirement}";
        return library.Requirement == ElfVersionRequirement.Outcome.Strong && library.Highest is not >= Named
            ? Finding.Fail("libstdc++", detail, "Build again with this repository's build, or the LieConv package's, on " +
                "Linux, which makes the requirement weak; or use a system with GCC 13's libstdc++ (Debian 13, Ubuntu 24.04).")
            : Finding.Ok("libstdc++", detail);
    }
}
