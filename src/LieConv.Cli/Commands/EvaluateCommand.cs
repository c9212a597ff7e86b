using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv evaluate RUN.</summary>
internal sealed class EvaluateCommand
{
    private const int MaximumAverage = 1_000_000;

    private readonly Argument<string> _path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
    private readonly Option<string?> _checkpoint = CommonOptions.Text(
        "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
    private readonly RolloutOptionSet _rollouts = new();
    private readonly Option<int?> _average = CommonOptions.Count(
        "--average", "Molecules: also average predictions over so many random rotations.", MaximumAverage);
    private readonly Option<string?> _dataRoot = CommonOptions.DataRoot();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<string?> _device = CommonOptions.Device();
    private readonly Option<bool> _json = CommonOptions.Json();

    private EvaluateCommand()
    {
    }

    public static Command Create()
    {
        var own = new EvaluateCommand();
        var command = new Command("evaluate", "Evaluate a run's network on all test examples.")
        {
            own._path, own._checkpoint, own._average, own._dataRoot, own._threads, own._device, own._json,
        };
        foreach (var option in own._rollouts.All) command.Options.Insert(1, option);
        command.SetAction(own.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var console = new StatusConsole(result.InvocationConfiguration.Error);
        using var interruption = new Interruption(console.Say);
        var folder = RunFolder.Open(result.GetRequiredValue(_path));
        var task = RunConfig.TaskOf(folder.Config);
        if (!DynamicsConfig.IsTask(task) && _rollouts.FirstGiven(result) is { } rollout)
            throw new ArgumentException(
                $"{rollout.Name} is for runs of moving particles; '{folder.Path}' is one of {task}.");
        if (!MoleculeConfig.IsTask(task) && result.GetValue(_average) is not null)
            throw new ArgumentException($"{_average.Name} is for runs of molecules; '{folder.Path}' is one of {task}.");
        var fault = MoleculeConfig.IsTask(task) ? Molecules(result, folder.Path, console, interruption.Token)
            : DynamicsConfig.IsTask(task) ? Particles(result, folder.Path, console, interruption.Token)
            : Images(result, folder.Path, console, interruption.Token);
        if (fault is null) return ExitCode.Done;
        console.Say($"The network's {fault}.");
        return ExitCode.BadInput;
    }

    private string? Images(ParseResult result, string path, StatusConsole console, CancellationToken interruption)
    {
        using var run = RotMnistRun.Open(path, config => config with
        {
            Data = config.Data with { DataRoot = result.GetValue(_dataRoot) ?? config.Data.DataRoot },
            Train = Session(result, config.Train),
        }, console.Say);
        var evaluated = Evaluate(result, run, console, interruption);
        ResultText.Write(result.InvocationConfiguration.Output, evaluated, result.GetValue(_json));
        return evaluated.Fault;
    }

    private string? Particles(ParseResult result, string path, StatusConsole console, CancellationToken interruption)
    {
        using var run = DynamicsRun.Open(path, config => config with
        {
            Data = _rollouts.WithEnough(
                result, config.Data with { DataRoot = result.GetValue(_dataRoot) ?? config.Data.DataRoot }),
            Train = Session(result, config.Train),
        }, console.Say);
        var evaluated = Evaluate(result, run, console, interruption);
        var outcome = RolloutStudy.Measure(run, _rollouts.Read(result), interruption);
        var report = new DynamicsReport(evaluated, outcome.Summary);
        IReadOnlyList<string> files = [];
        Keep(console, () => files = RolloutFiles.Write(path, report, outcome.Report));
        RolloutText.Write(result.InvocationConfiguration.Output, report, files, result.GetValue(_json));
        return evaluated.Fault ?? outcome.Fault;
    }

    private string? Molecules(ParseResult result, string path, StatusConsole console, CancellationToken interruption)
    {
        using var run = MoleculeRun.Open(path, config => config with
        {
            Data = config.Data with { DataRoot = result.GetValue(_dataRoot) ?? config.Data.DataRoot },
            Train = Session(result, config.Train),
        }, console.Say);
        var evaluated = Evaluate(result, run, console, interruption);
        var rows = TransformStudy.Measure(run, evaluated, result.GetValue(_average) ?? 1, (_, _) => { }, interruption);
        var report = new MoleculeReport(evaluated, rows);
        Keep(console, () => ConfigFile.Write(Path.Combine(path, RolloutFiles.Evaluation), report));
        MoleculeText.Write(result.InvocationConfiguration.Output, report, result.GetValue(_json));
        return evaluated.Fault;
    }

    /// <summary>Writes beside the run what was measured; where that cannot be, as in a folder that is read only, the
    /// figures are printed all the same.</summary>
    private static void Keep(StatusConsole console, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.Say($"The evaluation is printed but not kept: {Failure.Sentence(failure)}");
        }
    }

    private TrainOptions Session(ParseResult result, TrainOptions train) => train with
    {
        Threads = result.GetValue(_threads) ?? train.Threads, Device = result.GetValue(_device) ?? train.Device,
    };

    private RunResult Evaluate(
        ParseResult result, TrainingRun run, StatusConsole console, CancellationToken interruption) =>
        console.Watch(run, observer => run.Evaluate(
            result.GetValue(_checkpoint), (done, total) => observer.OnEvaluation(DataSplit.Test, done, total),
            interruption));
}
