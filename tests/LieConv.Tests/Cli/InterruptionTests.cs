using System.Diagnostics;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>A real process that gets a real signal.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class InterruptionTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Train_Terminated_SavesSaysWhereAndExits130(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are no POSIX signals here.");
        using var folder = new TemporaryFolder();
        var run = folder.File("the run");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "LieConv.Cli.dll"), "train", "rotmnist", "--out", run, "--train", "60",
                "--epochs", "100000", "--set", "data.testCount=20", "--set", "model.channels=4", "--set", "model.layers=1",
                "--threads", "1",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["LIECONV_DATA"] = folder.File("no-data") },
        };
        using var process = Process.Start(start)!;
        try
        {
            for (string? line; (line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)) is not null;)
                if (line.StartsWith("epoch 1/", StringComparison.Ordinal)) break;
            using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])) kill.WaitForExit();
            var rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "it did not stop");
            Assert.Equal(130, process.ExitCode);
            Assert.Contains($"Interrupted; the state is saved in {Path.Combine(run, "checkpoints")}. " +
                $"Continue with: lieconv train rotmnist --resume \"{run}\"", rest, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(run, "checkpoints", "last.json")));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>The lock of a process that was killed is gone, while it lives nobody else may train.</summary>
    [Fact]
    public async Task Resume_OfALivingAndOfAKilledProcess_IsRefusedAndThenGoesOn()
    {
        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        var dataBefore = Environment.GetEnvironmentVariable("LIECONV_DATA");
        Environment.SetEnvironmentVariable("LIECONV_DATA", folder.File("no-data"));
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "LieConv.Cli.dll"), "train", "rotmnist", "--out", run, "--train", "60",
                "--epochs", "100000", "--set", "data.testCount=20", "--set", "model.channels=4", "--set", "model.layers=1",
                "--threads", "1",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["LIECONV_DATA"] = folder.File("no-data") },
        };
        using var process = Process.Start(start)!;
        try
        {
            var epochs = 0; // not all are printed, but the second line comes after the first checkpoint
            for (string? line; (line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)) is not null;)
                if (line.StartsWith("epoch ", StringComparison.Ordinal) && ++epochs == 2) break;
            string[] resume = ["train", "rotmnist", "--resume", run, "--max-minutes", "0.0001", "--json"];
            var refused = CliRunner.Run(resume);
            Assert.Equal(
                (2, "", $"'{run}' is being trained by another process; wait until it ends, or train in another folder.\n"),
                (refused.ExitCode, refused.Output, refused.Error));
            Assert.Equal(0, CliRunner.Run("evaluate", run).ExitCode);
            process.Kill();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "it did not stop");
            Assert.Equal(0, CliRunner.Run(resume).ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LIECONV_DATA", dataBefore);
            if (!process.HasExited) process.Kill();
        }
    }
}
