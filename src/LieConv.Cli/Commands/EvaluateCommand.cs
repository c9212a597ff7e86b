using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Book;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Cli.Commands;

/// <summary>lieconv evaluate RUN.</summary>
internal sealed class EvaluateCommand
{
    private readonly TaskBook _book;
    private readonly SharedOptions _measures;
    private readonly Argument<string> _path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
    private readonly Option<string?> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string?> _dataRoot = CommonOptions.DataRoot();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<string?> _device = CommonOptions.Device();
    private readonly Option<bool> _json = CommonOptions.Json();

    private EvaluateCommand(TaskBook book)
    {
        _book = book;
        _measures = new SharedOptions(book.Tasks.Select(task => (task, Options(task))));
    }

    /// <param name="book">The tasks.</param>
    public static Command Create(TaskBook book)
    {
        var own = new EvaluateCommand(book);
        var command = new Command("evaluate", "Evaluate a run's network on all test examples.") { own._path, own._checkpoint };
        foreach (var option in own._measures.All) command.Options.Add(option);
        foreach (var option in new Option[] { own._dataRoot, own._threads, own._device, own._json })
            command.Options.Add(option);
        command.SetAction(own.Run);
        return command;
    }

    private static IReadOnlyList<Setting> Options(LearningTask task) => task.Measure?.Options ?? [];

    private int Run(ParseResult result)
    {
        var console = new StatusConsole(result.InvocationConfiguration.Error);
        using var interruption = new Interruption(console.Say);
        var folder = RunFolder.Open(result.GetRequiredValue(_path));
        var task = _book.FindFor(folder);
        var options = _measures.Read(result, task, Options(task), folder.Path);
        using var run = task.Open(folder.Path, config => Prepare(result, task, config, options), console.Say);
        var evaluated = console.Watch(run, observer => run.Evaluate(
            result.GetValue(_checkpoint), (done, total) => observer.OnEvaluation(DataSplit.Test, done, total),
            interruption.Token));
        var measured = task.Measure?.Measure(run, evaluated, options, interruption.Token);
        Write(result, task, evaluated, measured, measured is null ? [] : Keep(console, folder, measured));
        if ((evaluated.Fault ?? measured?.Fault) is not { } fault) return ExitCode.Done;
        console.Say($"The network's {fault}.");
        return ExitCode.BadInput;
    }

    /// <summary>What this session chooses anew: where the data are, threads and device.</summary>
    private RunConfig Prepare(ParseResult result, LearningTask task, RunConfig config, SettingValues options)
    {
        if (result.GetValue(_dataRoot) is { } root)
            config = (task.Settings.FirstOrDefault(setting => setting.Option == _dataRoot.Name)
                ?? throw new ArgumentException($"{task.Name} has no folder of data; leave out {_dataRoot.Name}."))
                .Apply(config, root);
        config = config with
        {
            Train = config.Train with
            {
                Threads = result.GetValue(_threads) ?? config.Train.Threads,
                Device = result.GetValue(_device) ?? config.Train.Device,
            },
        };
        return task.Measure?.Prepare(config, options) ?? config;
    }

    private void Write(
        ParseResult result, LearningTask task, RunResult evaluated, RunMeasurement? measured, IReadOnlyList<string> files)
    {
        var output = result.InvocationConfiguration.Output;
        if (measured is null || !result.GetValue(_json))
            ResultText.Write(output, task, evaluated, result.GetValue(_json));
        if (measured is null) return;
        if (result.GetValue(_json))
        {
            output.WriteLine(JsonSerializer.Serialize(measured.Report, JsonFormat.Indented));
            return;
        }
        output.WriteLine();
        measured.WriteText(output, files);
    }

    /// <summary>Writes beside the run what was measured; where that cannot be, as in a folder that is read only, the
    /// figures are printed all the same.</summary>
    private static IReadOnlyList<string> Keep(StatusConsole console, RunFolder folder, RunMeasurement measured)
    {
        try
        {
            return measured.Keep(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.Say($"The evaluation is printed but not kept: {Failure.Sentence(failure)}");
            return [];
        }
    }
}
