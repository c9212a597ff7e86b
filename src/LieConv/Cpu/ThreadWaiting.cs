using System.Runtime.InteropServices;

namespace LieConv.Cpu;

/// <summary>
/// How libtorch's idle threads wait. By default they spin for milliseconds after each parallel region, which costs
/// nothing on an idle machine, but beside any other busy thread (another process, or this library's own kernels) takes
/// the core that the other one needs (docs/decisions/008).
/// </summary>
public static partial class ThreadWaiting
{
    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>Rounds of spinning before a thread sleeps: some microseconds, about the cost of waking it.</summary>
    private const string ShortSpin = "1000";

    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>
    /// Makes idle threads go to sleep soon. To be called before the first use of libtorch, whose OpenMP runtime reads
    /// the environment once, when it is loaded; does nothing where the user has set GOMP_SPINCOUNT or OMP_WAIT_POLICY,
    /// and on systems other than Linux.
    /// </summary>
    public static void Shorten()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (Environment.GetEnvironmentVariable(SpinCount) is not null) return;
        if (Environment.GetEnvironmentVariable(WaitPolicy) is not null) return;
        // .NET keeps its own copy of the environment, which native libraries do not see.
        _ = SetVariable(SpinCount, ShortSpin, 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
