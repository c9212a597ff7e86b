using System.CommandLine;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Catalog;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Downloads;
using LieConv.Training.Book;
using LieConv.Training.Json;

namespace LieConv.Cli.Commands;

/// <summary>`lieconv data`: fetch, verify, list and make data files.</summary>
public static class DataCommand
{
    private const int Done = 0;
    private const int BadInput = 2;

    /// <summary>Makes the command.</summary>
    /// <param name="book">The tasks whose data sets there are.</param>
    public static Command Create(TaskBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var sources = book.Data;
        var command = new Command("data", "Fetch, verify, list and make data sets.");
        command.Add(CreateFetch(sources));
        command.Add(CreateVerify(sources));
        command.Add(CreateList(sources));
        command.Add(MakeDataCommand.Create());
        command.Add(CreateSample());
        return command;
    }

    private static Command CreateFetch(IReadOnlyList<DataSource> sources)
    {
        var name = DataSetName(sources);
        var root = DataRoot();
        var mirrors = new Option<string[]>("--mirror")
        {
            HelpName = "URL",
            Description = "Fetch from this folder on the net instead of the built-in mirrors; may be repeated.",
        };
        var command = new Command("fetch", "Download a data set; what is there and right is kept.")
        {
            name, root, mirrors,
        };
        command.SetAction((result, cancel) => FetchAsync(
            sources.First(source => source.Name == result.GetRequiredValue(name)), Root(result.GetValue(root)), result.GetValue(mirrors) ?? [], result.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> FetchAsync(
        DataSource source, string root, string[] mirrors, InvocationConfiguration console, CancellationToken cancel)
    {
        var folder = Path.Combine(root, source.Folder);
        if (!source.CanFetch)
            throw new ArgumentException($"{source.Title} is not downloaded; {source.Hint(root)}.");
        // Stalls are watched for each read, so a slow but steady transfer may take as long as it needs.
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var options = new DownloadOptions
        {
            Mirrors = mirrors.Length == 0 ? source.Mirrors : [.. mirrors.Select(ParseMirror)],
        };
        var downloader = new FileDownloader(client, options);
        var lines = new List<string>(); // written when the bars are gone
        try
        {
            await DownloadDisplay.RunAsync(console.Error, source.Files, async (file, progress) =>
            {
                var fresh = await downloader.DownloadAsync(file, folder, progress, cancel).ConfigureAwait(false);
                lines.Add($"{file.Name}: {(fresh ? "downloaded and verified" : "already there and right")}");
            }).ConfigureAwait(false);
        }
        catch (DownloadException failure)
        {
            await console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return BadInput;
        }

        foreach (var line in lines) await console.Output.WriteLineAsync(line).ConfigureAwait(false);
        await console.Output.WriteLineAsync($"{source.Title} is in {folder}").ConfigureAwait(false);
        return Done;
    }

    private static Command CreateVerify(IReadOnlyList<DataSource> sources)
    {
        var name = DataSetName(sources);
        var root = DataRoot();
        var json = CommonOptions.Json();
        var command = new Command("verify", "Check the files of a data set: their hashes, or where none are known, all that they hold.")
        {
            name, root, json,
        };
        command.SetAction(result =>
        {
            var checks = sources.First(source => source.Name == result.GetRequiredValue(name)).Verify(Root(result.GetValue(root)));
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(checks, JsonFormat.Indented));
            else
                foreach (var check in checks)
                    output.WriteLine($"{check.Path ?? check.Name}: {Outcome(check)}");
            return checks.All(check => check.Fault is null) ? Done : BadInput;
        });
        return command;
    }

    private static Command CreateList(IReadOnlyList<DataSource> sources)
    {
        var root = DataRoot();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the data sets and where their files are.") { root, json };
        command.SetAction(result =>
        {
            var entries = DataCatalog.List(sources, Root(result.GetValue(root)));
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(entries, JsonFormat.Indented));
            else
                foreach (var entry in entries)
                    output.WriteLine($"{entry.Name,-16} {Place(entry)}");
        });
        return command;
    }

    // For the makers of the library: renews the files of the embedded sample.
    private static Command CreateSample()
    {
        var root = DataRoot();
        var folder = new Option<string>("--out")
        {
            Required = true,
            HelpName = "DIR",
            Description = "Folder to write to.",
        };
        var command = new Command("sample", "Write the embedded sample from MNIST.") { root, folder };
        command.Hidden = true;
        command.SetAction(result =>
        {
            EmbeddedSampleFiles.Write(Root(result.GetValue(root)), result.GetRequiredValue(folder));
            return Done;
        });
        return command;
    }

    private static string Outcome(FileCheck check) => check switch
    {
        { Fault: { } fault } => fault,
        { Path: null, Note: { } note } => note,
        { Note: { } note } => $"right: {note}",
        _ => "right",
    };

    private static string Place(DataCatalogEntry entry) => entry switch
    {
        { Location: { } location, Problem: { } problem } => $"{location}, but {problem}",
        { Location: { } location } => location,
        { Problem: { } problem } => $"cannot be looked at: {problem}",
        _ => "not found: " + entry.Hint,
    };

    private static Argument<string> DataSetName(IReadOnlyList<DataSource> sources) =>
        new Argument<string>("NAME")
        {
            Description = $"The data set: {string.Join(", ", sources.Select(source => source.Name))}.", HelpName = "NAME",
        }.AcceptOnlyFromAmong([.. sources.Select(source => source.Name)]);

    private static Option<string?> DataRoot() => new("--data-root")
    {
        HelpName = "DIR",
        Description = $"Folder of the data [default: ${DataFolder.Variable}, else the user's data folder].",
    };

    private static string Root(string? named) => Path.GetFullPath(named ?? DataFolder.Default);

    private static Uri ParseMirror(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var mirror)
            && mirror.Scheme is "http" or "https"
            ? mirror
            : throw new ArgumentException($"--mirror is '{text}'; expected a whole http or https address.");
}
