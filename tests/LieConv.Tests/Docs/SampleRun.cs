using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>What a program of samples/ printed, run as a process of its own from where it was built.</summary>
/// <param name="lines">The lines of its standard output.</param>
internal sealed partial class SampleRun(string[] lines)
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>The build's output folder of a sample, of the configuration that the tests were built in.</summary>
    public static string Folder(string name) =>
        Path.Combine(RepositoryFolder.Path, "samples", name, "bin", Configuration, Path.GetFileName(
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    private static string Configuration =>
        typeof(SampleRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Runs it to its end, which must be a success without a word on standard error.</summary>
    public static async Task<SampleRun> Of(string name)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(Folder(name), name + ".dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var token = TestContext.Current.CancellationToken;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            Assert.Equal("", await error);
            var text = await output;
            await process.WaitForExitAsync(token);
            Assert.Equal(0, process.ExitCode);
            TestContext.Current.TestOutputHelper?.WriteLine(text);
            return new SampleRun(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>The numbers of the one line that begins with some words, in order.</summary>
    public double[] Numbers(string beginning)
    {
        var line = Assert.Single(lines, line => Blanks().Replace(line, " ").StartsWith(beginning, StringComparison.Ordinal));
        return [.. Number().Matches(Blanks().Replace(line, " ")[beginning.Length..])
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)?(e[+-]\d+)?")]
    private static partial Regex Number();
}
