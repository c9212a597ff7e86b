using System.CommandLine;
using LieConv.Cli.Output;
using LieConv.Training.Configuration;
using LieConv.Training.Images;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train rotmnist.</summary>
internal static class TrainRotMnistCommand
{
    public static Command Create()
    {
        var settings = new RotMnistOptionSet();
        var threads = CommonOptions.Threads();
        var minutes = CommonOptions.Number<double>(
            "--max-minutes", "Stop and evaluate after so many minutes.", "MINUTES",
            "a number from 0 (no limit)", value => value >= 0);
        var folder = CommonOptions.Text("--out", "The run's folder [default: runs/rotmnist-GROUP-TIME].", "DIR");
        var resume = CommonOptions.Text("--resume", "Continue this run where it stopped, bit for bit.", "RUN");
        var json = CommonOptions.Json();
        var command = new Command("rotmnist", "Train on randomly rotated digits.");
        foreach (var option in settings.All) command.Options.Add(option);
        foreach (var option in new Option[] { threads, minutes, folder, resume, json }) command.Options.Add(option);

        command.SetAction(result =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var console = new StatusConsole(error);
            RotMnistConfig ForThisSession(RotMnistConfig config) => config with
            {
                Train = config.Train with
                {
                    Threads = result.GetValue(threads) ?? config.Train.Threads,
                    MaxMinutes = result.GetValue(minutes) ?? config.Train.MaxMinutes,
                },
            };
            var run = result.GetValue(resume) is { } path
                ? Resume(path, settings.FirstGiven(result) ?? Given(result, folder), ForThisSession, console)
                : RotMnistRun.Start(ForThisSession(settings.Configure(result)), result.GetValue(folder), console.Say);
            using (run) return Train(run, console, output, result.GetValue(json));
        });
        return command;
    }

    private static Option? Given(ParseResult result, Option option) =>
        result.GetResult(option) is { Implicit: false } ? option : null;

    private static RotMnistRun Resume(
        string path, Option? other, Func<RotMnistConfig, RotMnistConfig> change, StatusConsole console) =>
        other is null
            ? RotMnistRun.Open(path, change, console.Say)
            : throw new ArgumentException($"--resume continues with the settings of '{path}'; leave out {other.Name}.");

    private static int Train(RotMnistRun run, StatusConsole console, TextWriter output, bool json)
    {
        using var interruption = new Interruption(console.Say);
        console.Say($"{(run.IsResumed ? "Continuing" : "Training")} {run.Config.Group} in {run.Folder.Path}.");
        var result = console.Watch(run.Config.Train.Epochs, observer => run.Train(observer, interruption.Token));
        if (result is null)
        {
            console.Say($"Interrupted; the state is saved in {Path.Combine(run.Folder.Path, "checkpoints")}. " +
                $"Continue with: lieconv train rotmnist --resume {run.Folder.Path}");
            return ExitCode.Interrupted;
        }
        ResultText.Write(output, result, json);
        return ExitCode.Done;
    }
}
