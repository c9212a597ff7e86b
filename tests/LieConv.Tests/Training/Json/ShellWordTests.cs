using System.Diagnostics;
using LieConv.Training.Json;

namespace LieConv.Tests.Training.Json;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("runs/springs-FC-20260101-120000", "runs/springs-FC-20260101-120000")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("Größe", "Größe")]
    [InlineData("-x", "./-x")]
    public void Quote_Path_IsOneWord(string path, string expected) => Assert.Equal(expected, ShellWord.Quote(path));

    /// <summary>The shell itself says what it reads.</summary>
    [Theory]
    [InlineData("a b"), InlineData("$HOME"), InlineData("a`b"), InlineData("it's $1"), InlineData("a\"b"), InlineData("a\\b")]
    [InlineData("~"), InlineData("a;b&c|d"), InlineData("*"), InlineData("a!b"), InlineData("(1) x"), InlineData("#1")]
    public void Quote_Pasted_IsThePath(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell here.");
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true };
        foreach (var word in new[] { "-c", $"printf '%s|' {ShellWord.Quote(path)}" }) start.ArgumentList.Add(word);
        using var shell = Process.Start(start)!;
        Assert.Equal(path + "|", shell.StandardOutput.ReadToEnd());
    }
}
