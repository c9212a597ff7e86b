using System.Runtime.InteropServices;

namespace LieConv.Cpu;

/// <summary>
/// How glibc's heap treats memory that a training step has freed. By default large blocks go back to the system and
/// come back as pages that the kernel has to clear, which is felt in a step that differentiates twice, whose graph
/// holds gigabytes. Kept pages are used again at once (docs/decisions/008).
/// </summary>
public static partial class HeapRetention
{
    private const int TrimThreshold = -1;                // M_TRIM_THRESHOLD of malloc.h
    private const int MapThreshold = -3;                 // M_MMAP_THRESHOLD
    private const int Never = -1;
    private const int LargestMapThreshold = 32 << 20;    // glibc refuses more

    /// <summary>
    /// Makes the process keep freed memory for its next use. To be called once, before the first large allocation; the
    /// process's resident memory then stays at its peak. Does nothing on systems without glibc.
    /// </summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(MapThreshold, LargestMapThreshold);
            _ = SetOption(TrimThreshold, Never);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, with a heap of its own: only speed is lost.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
