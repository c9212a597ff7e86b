using LieConv.Tests.Support;
using TorchSharp;
using static LieConv.Build.ElfVersionRequirement;

namespace LieConv.Tests.Native;

public sealed class NativeLibraryFileTests
{
    [Fact]
    public void Weaken_File_KeepsTimeAndPermissionsAndLeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("library.so");
        File.WriteAllBytes(path, ElfImage.Create(new ElfImage.Library("libstdc++.so.6", (Glibcxx, 0))));
        var time = new DateTime(2020, 1, 2, 3, 4, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);

        Assert.Equal(Outcome.Weakened, Weaken(path, Glibcxx));

        Assert.Equal(Outcome.AlreadyWeak, Weaken(path, Glibcxx));
        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void BuiltOutput_NativeLibrary_IsWeakAndLoads()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(6, torch.ones(2, 3).sum().item<float>());

        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux builds have the requirement.");
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.Equal(Outcome.AlreadyWeak, Inspect(File.ReadAllBytes(library), Glibcxx));
    }
}
