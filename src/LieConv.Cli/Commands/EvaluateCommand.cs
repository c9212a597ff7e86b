using System.CommandLine;
using LieConv.Cli.Output;
using LieConv.Training.Images;

namespace LieConv.Cli.Commands;

/// <summary>lieconv evaluate RUN.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var checkpoint = CommonOptions.Text(
            "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        var dataRoot = CommonOptions.DataRoot();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("evaluate", "Evaluate a run's network on all test examples.")
        {
            path, checkpoint, dataRoot, threads, device, json,
        };
        command.SetAction(result =>
        {
            var configuration = result.InvocationConfiguration;
            var console = new StatusConsole(configuration.Error);
            using var interruption = new Interruption(console.Say);
            using var run = RotMnistRun.Open(
                result.GetRequiredValue(path),
                config => config with
                {
                    Data = config.Data with { DataRoot = result.GetValue(dataRoot) ?? config.Data.DataRoot },
                    Train = config.Train with
                    {
                        Threads = result.GetValue(threads) ?? config.Train.Threads,
                        Device = result.GetValue(device) ?? config.Train.Device,
                    },
                },
                console.Say);
            var evaluated = console.Watch(run, observer => run.Evaluate(
                result.GetValue(checkpoint),
                (done, total) => observer.OnEvaluation(Training.DataSplit.Test, done, total),
                interruption.Token));
            ResultText.Write(configuration.Output, evaluated, result.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
