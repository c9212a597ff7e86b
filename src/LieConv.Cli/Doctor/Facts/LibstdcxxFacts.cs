using LieConv.Build;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>The system's C++ library on Linux and what TorchSharp's native library requires of it.</summary>
/// <param name="Path">Where the system's library is; null where none was found.</param>
/// <param name="Highest">The last part n of its highest version GLIBCXX_3.4.n; null where it names none.</param>
/// <param name="NativeLibrary">Where libLibTorchSharp.so is; null where none was found.</param>
/// <param name="Requirement">How that requires <see cref="ElfVersionRequirement.Glibcxx"/>.</param>
internal sealed record LibstdcxxFacts(
    string? Path, int? Highest, string? NativeLibrary, ElfVersionRequirement.Outcome Requirement);
