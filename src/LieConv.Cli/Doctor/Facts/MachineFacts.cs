namespace LieConv.Cli.Doctor.Facts;

/// <summary>Everything the checks look at; gathered by <see cref="MachineProbe"/>, made up by tests.</summary>
internal sealed record MachineFacts
{
    /// <summary>Version of the running .NET.</summary>
    public Version Runtime { get; init; } = new(10, 0);

    /// <summary>What `dotnet --version` answers; null where there is no SDK.</summary>
    public string? Sdk { get; init; }

    /// <summary>Operating system by name and version.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Runtime identifier without version: linux-x64, win-x64, osx-arm64.</summary>
    public string Platform { get; init; } = "";

    /// <summary>The processor.</summary>
    public ProcessorFacts Processor { get; init; } = new();

    /// <summary>The native library.</summary>
    public LibtorchFacts Libtorch { get; init; } = new();

    /// <summary>The C++ library and how TorchSharp's native library refers to it; null where that is no matter.</summary>
    public LibstdcxxFacts? Libstdcxx { get; init; }

    /// <summary>Memory this process may use, in bytes.</summary>
    public long TotalMemory { get; init; }

    /// <summary>Memory free now, in bytes; null where unknown.</summary>
    public long? AvailableMemory { get; init; }

    /// <summary>Value of OMP_NUM_THREADS, if set.</summary>
    public string? OmpThreads { get; init; }

    /// <summary>The data folder.</summary>
    public DataFolderFacts Data { get; init; } = new();
}
