using System.Diagnostics;

namespace LieConv.Benchmarks.Support;

/// <summary>
/// Runs a command of this program in a process of its own: the peak of resident memory belongs to a process and cannot
/// be told apart within one. A child that takes too much memory is ended.
/// </summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a command and watches its memory.</summary>
    /// <param name="limitBytes">Resident memory at which it is ended.</param>
    /// <param name="arguments">The command.</param>
    public static ChildOutcome Run(double limitBytes, params string[] arguments) => Run(limitBytes, [], arguments);

    /// <summary>Runs a command with variables of its own and watches its memory.</summary>
    /// <param name="limitBytes">Resident memory at which it is ended.</param>
    /// <param name="environment">Variables that it has beside those of this process.</param>
    /// <param name="arguments">The command.</param>
    public static ChildOutcome Run(
        double limitBytes, IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        var info = StartInfo(arguments);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        using var child = Process.Start(info)
            ?? throw new InvalidOperationException("The child process did not start.");
        var output = child.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!child.WaitForExit(Watch))
        {
            peak = Math.Max(peak, MemoryOf(child));
            if (peak <= limitBytes) continue;
            child.Kill();
            child.WaitForExit();
            return new ChildOutcome(null, peak);
        }
        child.WaitForExit();
        return new ChildOutcome(child.ExitCode == 0 ? output.Result : null, peak);
    }

    /// <summary>Resident bytes of a process; 0 where it has exited, as it may at any moment, also after having been asked
    /// whether it has.</summary>
    private static long MemoryOf(Process child)
    {
        child.Refresh();
        try
        {
            return child.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static ProcessStartInfo StartInfo(string[] arguments)
    {
        var host = Environment.ProcessPath is { } path
            && Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? path : "dotnet";
        var info = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        info.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }
}
