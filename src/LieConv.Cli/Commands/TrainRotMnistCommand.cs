using System.CommandLine;
using LieConv.Training.Tasks.Digits;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train rotmnist.</summary>
internal static class TrainRotMnistCommand
{
    public static Command Create()
    {
        var settings = new RotMnistOptionSet();
        var session = new RunOptionSet(RotMnistConfig.TaskName, "rotmnist-GROUP-TIME");
        var command = new Command(RotMnistConfig.TaskName, "Train on randomly rotated digits.");
        foreach (var option in settings.All.Concat(session.All)) command.Options.Add(option);
        command.SetAction(result =>
        {
            RotMnistConfig ForThisSession(RotMnistConfig config) =>
                config with { Train = session.ForThisSession(result, config.Train) };
            return session.Run(
                result, settings.FirstGiven,
                (folder, log) => RotMnistRun.Start(ForThisSession(settings.Configure(result)), folder, log),
                (path, log) => RotMnistRun.Open(path, ForThisSession, log));
        });
        return command;
    }
}
