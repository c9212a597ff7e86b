using LieConv.Cli.Output;
using LieConv.Datasets.Downloads;
using Spectre.Console;

namespace LieConv.Cli.Commands;

/// <summary>Shows downloads as progress bars on stderr, and nothing where that is redirected.</summary>
internal static class DownloadDisplay
{
    /// <summary>Runs a download for each file, one after the other, with a bar for each.</summary>
    public static async Task RunAsync(
        TextWriter error, IReadOnlyList<RemoteFile> files,
        Func<RemoteFile, IProgress<DownloadProgress>?, Task> download)
    {
        // A test's writer is not the console's: then, too, there is nobody to draw for.
        if (TerminalOutput.Find(error) is not { } terminal)
        {
            foreach (var file in files) await download(file, null).ConfigureAwait(false);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = terminal });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(),
                new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                foreach (var file in files)
                {
                    var bar = context.AddTask(Markup.Escape(file.Name));
                    await download(file, new BarProgress(bar)).ConfigureAwait(false);
                    bar.Value = bar.MaxValue;
                }
            }).ConfigureAwait(false);
    }

    // Progress<T> would post to the thread pool, and bars could jump back.
    private sealed class BarProgress(ProgressTask bar) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.BytesTotal is { } total) bar.MaxValue = total;
            bar.Value = value.BytesDone;
        }
    }
}
