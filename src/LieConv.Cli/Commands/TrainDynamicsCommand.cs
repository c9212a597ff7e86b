using System.CommandLine;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train springs|nbody.</summary>
internal static class TrainDynamicsCommand
{
    /// <param name="task"><see cref="DynamicsConfig.Springs"/> or <see cref="DynamicsConfig.NBody"/>.</param>
    /// <param name="description">For the help text.</param>
    public static Command Create(string task, string description)
    {
        var settings = new DynamicsOptionSet(task);
        var session = new RunOptionSet(task, $"{task}-NETWORK-GROUP-TIME");
        var command = new Command(task, description);
        foreach (var option in settings.All.Concat(session.All)) command.Options.Add(option);
        command.SetAction(result =>
        {
            DynamicsConfig ForThisSession(DynamicsConfig config) =>
                config with { Train = session.ForThisSession(result, config.Train) };
            return session.Run(
                result, settings.FirstGiven,
                (folder, log) => DynamicsRun.Start(ForThisSession(settings.Configure(result)), folder, log),
                (path, log) => DynamicsRun.Open(path, config => ForThisSession(Own(config, path)), log));
        });
        return command;

        DynamicsConfig Own(DynamicsConfig config, string path) => config.Task == task
            ? config
            : throw new ArgumentException(
                $"'{path}' is a run of {config.Task}; continue it with lieconv train {config.Task}.");
    }
}
