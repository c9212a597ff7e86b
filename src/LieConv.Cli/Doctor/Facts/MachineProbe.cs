using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LieConv.Datasets.Downloads;
using TorchSharp;

namespace LieConv.Cli.Doctor.Facts;

/// <summary>Looks at this machine. Nothing here judges, and nothing here throws for what it cannot find.</summary>
internal static class MachineProbe
{
    private const int SdkMilliseconds = 10_000;

    /// <summary>The facts of this machine.</summary>
    /// <param name="sources">The data sets to look for.</param>
    public static MachineFacts Look(IReadOnlyList<DataSource> sources)
    {
        var libtorch = Libtorch();   // first, so that the libraries it loads are seen below
        return new MachineFacts
        {
            Runtime = Environment.Version,
            Sdk = Sdk(),
            OperatingSystem = RuntimeInformation.OSDescription,
            Platform = Platform(),
            Processor = Processor(),
            Libtorch = libtorch,
            Libstdcxx = Platform() == "linux-x64" ? LibstdcxxProbe.Look(AppContext.BaseDirectory) : null,
            TotalMemory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            AvailableMemory = AvailableMemory(),
            OmpThreads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS"),
            Data = DataFolderProbe.Look(sources),
        };
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx" : "other";
        return system + "-" + RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => "other",
        };
    }

    /// <summary>The processor of this machine.</summary>
    public static ProcessorFacts Processor()
    {
        var lines = ReadLines("/proc/cpuinfo");
        return new ProcessorFacts
        {
            Model = Value(lines, "model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER"),
            Cores = Environment.ProcessorCount,
            Vector512 = Vector512.IsHardwareAccelerated,
            Vector256 = Vector256.IsHardwareAccelerated,
            Fma = Fma.IsSupported,
            Flags = (Value(lines, "flags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        };
    }

    private static LibtorchFacts Libtorch()
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            _ = torch.ones(1).sum().item<float>();
            return new LibtorchFacts
            {
                Version = torch.__version__,
                KeepsOperands = typeof(torch).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true,
                Threads = torch.get_num_threads(),
                CudaDevices = torch.cuda.is_available() ? torch.cuda.device_count() : 0,
            };
        }
        catch (Exception failure)
        {
            // TorchSharp wraps the loader's own message, or replaces it by a trace of everything it tried.
            var message = failure.GetBaseException().Message.AsSpan().Trim();
            var end = message.IndexOfAny('\r', '\n');
            return new LibtorchFacts { LoadFailure = (end < 0 ? message : message[..end]).ToString() };
        }
    }

    private static string? Sdk()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", "--version")
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var version = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(SdkMilliseconds)) return process.ExitCode == 0 ? version.Result.Trim() : null;
            process.Kill();
            return null;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static long? AvailableMemory()
    {
        var kilobytes = Value(ReadLines("/proc/meminfo"), "MemAvailable")?.Split(' ')[0];
        return long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Value(string[] lines, string key) => lines
        .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal))
        ?.Split(':', 2)[1].Trim();
}
