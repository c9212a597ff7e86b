using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Doctor.Checks;
using LieConv.Cli.Doctor.Facts;
using LieConv.Cli.Output;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Cli.Commands;

/// <summary>The options that every training has, whatever is trained, and how it is run.</summary>
/// <param name="task">What is trained.</param>
internal sealed class SessionOptions(LearningTask task)
{
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<double?> _minutes = CommonOptions.Minutes();
    private readonly Option<string?> _folder =
        CommonOptions.Text("--out", $"The run's folder [default: runs/{task.FolderName}].", "DIR");
    private readonly Option<string?> _resume =
        CommonOptions.Text("--resume", "Continue this run where it stopped, bit for bit.", "RUN");
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All => [_threads, _minutes, _folder, _resume, _json];

    /// <summary>What a session may choose anew of the settings that the run keeps; its minutes are its own.</summary>
    public TrainOptions ForThisSession(ParseResult result, TrainOptions train) => train with
    {
        Threads = result.GetValue(_threads) ?? train.Threads,
    };

    /// <summary>Starts or continues a training and prints what came of it.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="settings">Tells which option of the settings was given first, or null.</param>
    /// <param name="start">Starts a run in a folder, told what is loaded.</param>
    /// <param name="open">Opens a run of a path, told what is loaded.</param>
    /// <returns>The exit code.</returns>
    public int Run(
        ParseResult result, Func<ParseResult, Option?> settings, Func<string?, Action<string>, TrainingRun> start,
        Func<string, Action<string>, TrainingRun> open)
    {
        var console = new StatusConsole(result.InvocationConfiguration.Error);
        var folder = result.GetValue(_folder);
        if (result.GetValue(_resume) is not { } path)
        {
            using var run = start(folder, console.Say);
            return Train(run, console, result);
        }
        var other = settings(result) ?? (result.GetResult(_folder) is { Implicit: false } ? _folder : null);
        if (other is not null)
            throw new ArgumentException(
                $"--resume continues with the settings of '{path}'; leave out {other.Name}.");
        RunFolder.Open(path).CheckFree(); // before the data are loaded
        using var resumed = open(path, console.Say);
        return Train(resumed, console, result);
    }

    private int Train(TrainingRun run, StatusConsole console, ParseResult parsed)
    {
        using var interruption = new Interruption(console.Say);
        run.Folder.Claim();
        run.SessionMinutes = parsed.GetValue(_minutes);
        console.Say($"{(run.IsResumed ? "Continuing" : "Training")} {run.NetworkDescription} in {run.Folder.Path}.");
        if (run.Configuration.Train is { Precision: TrainOptions.Bfloat16Products, Device: "cpu" } &&
            MachineProbe.Processor().Bfloat16 == false)
            console.Say(Bfloat16Check.SlowHere);
        if (run.Remark is { } remark) console.Say(remark);
        var result = console.Watch(run, observer => run.Train(observer, interruption.Token));
        if (result is null)
        {
            console.Say($"Interrupted; the state is saved in {Path.Combine(run.Folder.Path, "checkpoints")}. " +
                $"Continue with: lieconv train {task.Name} --resume {ShellWord.Quote(run.Folder.Path)}");
            return ExitCode.Interrupted;
        }
        ResultText.Write(parsed.InvocationConfiguration.Output, task, result, parsed.GetValue(_json));
        if (result.Stopped != StopReason.Failed) return ExitCode.Done;
        console.Say($"The training failed: its {result.Fault}; try a smaller learning rate.");
        return ExitCode.BadInput;
    }
}
