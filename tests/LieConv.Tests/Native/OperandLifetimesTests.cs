using System.Diagnostics;
using System.Reflection;
using LieConv.Tests.Support;
using TorchSharp;
using static LieConv.Build.OperandLifetimes;

namespace LieConv.Tests.Native;

/// <summary>The cure by which TorchSharp's methods keep what libtorch reads.</summary>
public sealed class OperandLifetimesTests
{
    [Fact]
    public void BuiltOutput_TorchSharp_IsCompiledSoThatOperandsLive() =>
        Assert.True(typeof(torch).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled);

    [Fact]
    public void Keep_OwnAssembly_ChangesOneBitThatTheRuntimeSees()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("copy.dll");
        File.Copy(typeof(LieConv.Groups.LieGroup).Assembly.Location, path);
        var before = File.ReadAllBytes(path);
        var time = File.GetLastWriteTimeUtc(path);

        Assert.Equal(Outcome.Optimised, Inspect(before));
        Assert.Equal(Outcome.Kept, Keep(path));

        var after = File.ReadAllBytes(path);
        Assert.Equal(Outcome.AlreadyKept, Inspect(after));
        Assert.Equal(Outcome.AlreadyKept, Keep(path));
        Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    /// <summary>In TorchSharp seven delegates declare their calling convention by the same eight bytes.</summary>
    [Fact]
    public void BuiltOutput_DelegatesWithTheSameBlob_KeepTheirConvention()
    {
        var conventions = typeof(torch).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<System.Runtime.InteropServices.UnmanagedFunctionPointerAttribute>())
            .OfType<System.Runtime.InteropServices.UnmanagedFunctionPointerAttribute>().ToArray();
        Assert.NotEmpty(conventions);
        Assert.All(conventions, attribute =>
            Assert.Equal(System.Runtime.InteropServices.CallingConvention.Cdecl, attribute.CallingConvention));
    }

    [Fact]
    public void KeepInImage_NoAssembly_IsLeftAlone()
    {
        foreach (var image in new[] { [], "MZ"u8.ToArray(), new byte[4096], [.. "MZ"u8, .. new byte[70]] })
        {
            var before = (byte[])image.Clone();
            Assert.Equal(Outcome.Absent, KeepInImage(image));
            Assert.Equal(before, image);
        }
    }

    [Fact]
    public void KeepInImage_CutOff_NeverThrows()
    {
        var image = File.ReadAllBytes(typeof(LieConv.Groups.LieGroup).Assembly.Location);
        for (var length = 0; length < image.Length; length += 997)
            Assert.Contains(KeepInImage(image[..length]), new[] { Outcome.Absent, Outcome.Kept });
    }
}
