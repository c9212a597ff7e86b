using System.CommandLine;
using LieConv.Cli.Output;
using LieConv.Training;
using LieConv.Training.Configuration;
using LieConv.Training.Dynamics;
using LieConv.Training.Images;
using LieConv.Training.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv evaluate RUN.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var checkpoint = CommonOptions.Text(
            "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        var rollouts = new RolloutOptionSet();
        var average = CommonOptions.Count(
            "--average", "Molecules: also average predictions over so many random rotations.");
        var dataRoot = CommonOptions.DataRoot();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("evaluate", "Evaluate a run's network on all test examples.")
        {
            path, checkpoint, average, dataRoot, threads, device, json,
        };
        foreach (var option in rollouts.All) command.Options.Insert(1, option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var folder = RunFolder.Open(result.GetRequiredValue(path));
            var task = RunConfig.TaskOf(folder.Config);
            TrainOptions Session(TrainOptions train) => train with
            {
                Threads = result.GetValue(threads) ?? train.Threads, Device = result.GetValue(device) ?? train.Device,
            };
            RunResult Evaluate(TrainingRun run) => console.Watch(run, observer => run.Evaluate(
                result.GetValue(checkpoint), (done, total) => observer.OnEvaluation(DataSplit.Test, done, total),
                interruption.Token));

            var output = result.InvocationConfiguration.Output;
            if (MoleculeConfig.IsTask(task))
            {
                if (rollouts.FirstGiven(result) is { } wrong)
                    throw new ArgumentException(
                        $"{wrong.Name} is for runs of moving particles; '{folder.Path}' is one of {task}.");
                using var molecules = MoleculeRun.Open(folder.Path, config => config with
                {
                    Data = config.Data with { DataRoot = result.GetValue(dataRoot) ?? config.Data.DataRoot },
                    Train = Session(config.Train),
                }, console.Say);
                var basis = Evaluate(molecules);
                var rows = TransformStudy.Measure(
                    molecules, result.GetValue(average) ?? 1, (_, _) => { }, interruption.Token);
                var summary = new MoleculeReport(basis, rows);
                ConfigFile.Write(Path.Combine(folder.Path, "evaluation.json"), summary);
                MoleculeText.Write(output, summary, result.GetValue(json));
                return ExitCode.Done;
            }
            if (result.GetValue(average) is not null)
                throw new ArgumentException($"--average is for runs of molecules; '{folder.Path}' is one of {task}.");
            if (!DynamicsConfig.IsTask(task))
            {
                if (rollouts.FirstGiven(result) is { } other)
                    throw new ArgumentException(
                        $"{other.Name} is for runs of moving particles; '{folder.Path}' is one of {task}.");
                using var images = RotMnistRun.Open(folder.Path, config => config with
                {
                    Data = config.Data with { DataRoot = result.GetValue(dataRoot) ?? config.Data.DataRoot },
                    Train = Session(config.Train),
                }, console.Say);
                ResultText.Write(output, Evaluate(images), result.GetValue(json));
                return ExitCode.Done;
            }
            using var particles = DynamicsRun.Open(folder.Path, config => config with
            {
                Data = rollouts.WithEnough(
                    result, config.Data with { DataRoot = result.GetValue(dataRoot) ?? config.Data.DataRoot }),
                Train = Session(config.Train),
            }, console.Say);
            var evaluated = Evaluate(particles);
            var outcome = RolloutStudy.Measure(particles, rollouts.Read(result), interruption.Token);
            var report = new DynamicsReport(evaluated, outcome.Summary);
            var files = RolloutFiles.Write(folder.Path, report, outcome.Report);
            RolloutText.Write(output, report, files, result.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
